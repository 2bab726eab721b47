// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/reading_state.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The voltages of the nodes that sources hold against ground, one upon the other or by what others hold.
class held_voltages {
public:
    constexpr explicit held_voltages(reading_state& state) : state_(state)
    {
        for (int i = 0; i <= state.nodes.count(); ++i) nodes_.add({});
        nodes_[0].is_known = true;
        for (bool has_more = true; has_more;) {
            has_more = false;
            for (int i = 0; i < state.cards.count(); ++i) has_more = learn_from(i) || has_more;
        }
    }

    [[nodiscard]] constexpr bool is_known(int node) const noexcept { return nodes_[node].is_known; }
    [[nodiscard]] constexpr double of(int node) const noexcept { return nodes_[node].volts; }

    /// The sources by which a node is held keep their values, which have been counted on.
    constexpr void count_on(int node)
    {
        growing_list<int> open{};
        open.add(node);
        while (open.count() > 0) {
            held_node& here = nodes_[open[open.count() - 1]];
            open.shorten(open.count() - 1);
            if (here.by < 0 || here.is_counted_on) continue;
            here.is_counted_on = true;
            flat_card& card = state_.cards[here.by];
            if (card.kind == card_kind::supply) card.is_constant = true;
            open.add(card.a), open.add(card.b), open.add(card.plus), open.add(card.minus);
            for (int i = 0; card.kind == card_kind::voltage_of_sum && i < card.count; ++i)
                if (state_.terms[card.first + i].unknown > 0) open.add(state_.terms[card.first + i].unknown);
        }
    }

private:
    struct held_node {
        double volts = 0.0;
        int by = -1;   ///< the card
        bool is_known = false, is_counted_on = false;
    };

    /// What a source has between its ends; false where that is not known.
    [[nodiscard]] constexpr bool find_volts(const flat_card& card, double& volts) const noexcept
    {
        switch (card.kind) {
            case card_kind::supply: volts = state_.values[card.value].value; return true;
            case card_kind::voltage_by_voltage:
                volts = state_.values[card.value].value * (of(card.plus) - of(card.minus));
                return is_known(card.plus) && is_known(card.minus);
            case card_kind::voltage_of_sum:
                volts = card.constant;
                for (int i = 0; i < card.count; ++i) {
                    const sum_term& term = state_.terms[card.first + i];
                    if (term.unknown < 0 || !is_known(term.unknown)) return false;
                    volts += term.factor * of(term.unknown);
                }
                return true;
            default: return false;
        }
    }
    /// True if a card tells the voltage of a node that was not known.
    constexpr bool learn_from(int place)
    {
        const flat_card& card = state_.cards[place];
        double volts = 0.0;
        if (is_known(card.a) == is_known(card.b) || !find_volts(card, volts)) return false;
        const bool is_upwards = is_known(card.b);
        held_node& found = nodes_[is_upwards ? card.a : card.b];
        found.volts = is_upwards ? of(card.b) + volts : of(card.a) - volts;
        found.is_known = true, found.by = place;
        return true;
    }

    reading_state& state_;
    growing_list<held_node> nodes_{};
};

/// Where a switch stands.
enum class switch_position { open, closed, not_decided };

/// As ngspice 39 has it, but for the threshold itself and a negative hysteresis: there ngspice closes it, LTspice opens it or lets it change
/// gradually.
[[nodiscard]] constexpr switch_position position_of(const switch_card& found, double volts) noexcept
{
    const auto size = [](double x) { return x < 0.0 ? -x : x; };
    const double rounding = 1e-9 * (size(volts) + size(found.threshold) + size(found.hysteresis));
    const double above = volts - found.threshold, band = size(found.hysteresis);
    if (above > band + rounding) return switch_position::closed;
    if (above < -band - rounding) return switch_position::open;
    if (found.hysteresis > 0.0 && size(above) < band - rounding)
        return found.begins_closed ? switch_position::closed : switch_position::open;
    return switch_position::not_decided;
}

/// Gives each switch, unless its value is set, the resistance that it has at rest.
constexpr bool set_switches(reading_state& state)
{
    if (state.switches.count() == 0) return true;
    held_voltages held{state};
    for (const switch_card& found : state.switches) {
        state.asked_nodes.add(found.plus), state.asked_nodes.add(found.minus);
        double& resistance = state.values[state.cards[found.card].value].value;
        if (resistance > 0.0) continue;
        const text_place at = state.places[found.card];
        const std::string_view name = state.part_of(found.card);
        const bool is_known = held.is_known(found.plus) && held.is_known(found.minus);
        const switch_position position =
            is_known ? position_of(found, held.of(found.plus) - held.of(found.minus)) : switch_position::not_decided;
        held.count_on(found.plus), held.count_on(found.minus);
        resistance = position == switch_position::open ? found.open_resistance : found.closed_resistance;
        if (!is_known) {
            const int node = held.is_known(found.plus) ? found.minus : found.plus;
            state.report(mistake_kind::switch_by_unknown, at, name, state.name_at(state.node_names[node - 1]));
        } else if (position == switch_position::not_decided) {
            state.report(mistake_kind::undecided_switch, at, name, name);
        } else {
            state.notes.add({note_kind::switch_at_rest, at, name, position == switch_position::open ? "open" : "closed"});
        }
        if (!state.goes_on()) return false;
    }
    return state.is_sound();
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
