// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/coupled_windings.hpp>
#include <phono/netlist/flat_card.hpp>
#include <phono/netlist/sensed_current.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/units.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The windings that are coupled with one of them, and how tightly.
struct winding_group {
    int card[most_windings]{};
    int count = 0;
    int first = 0;   ///< the card of the first
    double coupling[most_windings * most_windings]{};

    constexpr winding_group(const card_view& all, int member) noexcept
    {
        const int group = all.card[member].first;
        for (int i = 0; i < all.cards && count < most_windings; ++i)
            if (all.card[i].kind == card_kind::winding && all.card[i].first == group) card[count++] = i;
        first = card[0];
        for (int i = 0; i < count; ++i) coupling[i * count + i] = 1.0;
        for (int i = 0; i < all.pairs; ++i) {
            const int one = place_of(all.pair[i].one), other = place_of(all.pair[i].other);
            if (one == count || other == count) continue;
            coupling[one * count + other] = coupling[other * count + one] = all.value[all.pair[i].value].value;
        }
    }

private:
    [[nodiscard]] constexpr int place_of(int wanted) const noexcept
    {
        int i = 0;
        while (i < count && card[i] != wanted) ++i;
        return i;
    }
};

/// Gives the triode, or the gain of the amplifier, that was placed last the name of its card: by it noise, headroom and faults tell it.
constexpr void name_device(auto& circuit, const char* name) noexcept
{
    if constexpr (requires { circuit.part_count; }) {   // a counter has no parts
        int i = circuit.part_count - 1;
        while (i > 0 && circuit.parts[i].kind != part_kind::triode && !circuit.parts[i].opens_loop) --i;
        if (i >= 0) circuit.parts[i].name = name;
    }
}

/// Places the cards of a netlist in a circuit, flat or counting.
template <class Circuit>
class card_placer {
public:
    constexpr card_placer(Circuit& circuit, const card_view& cards, node in) noexcept : circuit_(circuit), all_(cards)
    {
        nodes_.input = cards.input, nodes_.driven = in.index;
        for (int i = 0, placed = 0; i < cards.nodes; ++i) {
            if (i + 1 == cards.input) continue;
            const node added = circuit.node();
            if (placed++ == 0) nodes_.first = added.index;
        }
    }

    /// Sources whose currents are asked for, all that is no valve, then the valves: what bounds a valve's drive is placed before it.
    constexpr node place() noexcept
    {
        for (int i = 0; i < all_.cards; ++i)
            if (all_.card[i].is_sensed) sense(i);
        for (int i = 0; i < all_.cards; ++i)
            if (const card_kind kind = all_.card[i].kind; !all_.card[i].is_sensed && kind != card_kind::law && kind != card_kind::valve)
                place(i);
        for (int i = 0; i < all_.cards; ++i) place_valve(all_.card[i]);
        return nodes_(all_.output);
    }

    [[nodiscard]] constexpr const placed_names& nodes() const noexcept { return nodes_; }

private:
    [[nodiscard]] constexpr double value(const flat_card& card) const noexcept
    {
        return card.value < 0 ? 0.0 : all_.value[card.value].total();
    }
    [[nodiscard]] constexpr const char* name(const flat_card& card) const noexcept { return all_.names + card.name; }

    constexpr void sense(int place)
    {
        const flat_card& card = all_.card[place];
        const bool drives = card.kind == card_kind::driving_voltage;
        node driven = ground;
        if (drives) {
            driven = circuit_.node();
            circuit_.source(driven);
        }
        if (sensed_ == most_sensed) return;
        sense_card_[sensed_] = place;
        sense_node_[sensed_++] = place_sensed_source(circuit_, nodes_(card.a), nodes_(card.b), value(card), name(card), driven);
    }
    /// The node whose voltage is the current of a source.
    [[nodiscard]] constexpr node current_of(int card) const noexcept
    {
        for (int i = 0; i < sensed_; ++i)
            if (sense_card_[i] == card) return sense_node_[i];
        return ground;
    }
    [[nodiscard]] constexpr node unknown(int term) const noexcept
    {
        const int which = all_.term[term].unknown;
        return which < 0 ? current_of(-1 - which) : nodes_(which);
    }

    constexpr void place(int place)
    {
        const flat_card& card = all_.card[place];
        const node a = nodes_(card.a), b = nodes_(card.b), plus = nodes_(card.plus), minus = nodes_(card.minus);
        switch (card.kind) {
            case card_kind::resistor:
                circuit_.resistor(a, b, resistance{value(card)}, name(card));
                if (card.is_of_model) circuit_.of_model();
                break;
            case card_kind::capacitor:
                circuit_.optional_capacitor(a, b, capacitance{value(card)}, name(card));
                if (card.is_of_model) circuit_.of_model();
                break;
            case card_kind::inductor:
                circuit_.optional_inductor(a, b, inductance{value(card)}, name(card));
                if (card.is_of_model) circuit_.of_model();
                break;
            case card_kind::winding: place_windings(place); break;
            case card_kind::supply: circuit_.supply(a, voltage{value(card)}, name(card), b); break;
            case card_kind::driving_voltage: drive(card, a, b, value(card)); break;
            case card_kind::driving_current: {
                const node amperes = circuit_.node();
                const double count = all_.value[card.value].count;   // of m=, which the value has in it
                drive(card, amperes, ground, value(card) / count);
                circuit_.transconductance(a, b, amperes, ground, count, name(card));
                break;
            }
            case card_kind::current: place_current_source(circuit_, a, b, value(card), name(card)); break;
            case card_kind::voltage_by_voltage: circuit_.amplifier(a, b, plus, minus, value(card), name(card)); break;
            case card_kind::current_by_voltage: circuit_.transconductance(a, b, plus, minus, value(card), name(card)); break;
            case card_kind::voltage_by_current: circuit_.amplifier(a, b, current_of(card.first), ground, value(card), name(card)); break;
            case card_kind::current_by_current:
                circuit_.transconductance(a, b, current_of(card.first), ground, value(card), name(card));
                break;
            case card_kind::voltage_of_sum: place_voltages(card, a, b); break;
            case card_kind::current_of_sum: place_currents(card, a, b); break;
            case card_kind::amplifier:
                all_.amplifier[card.first]->place(circuit_, plus, minus, a);
                name_device(circuit_, name(card));
                break;
            case card_kind::none:
            case card_kind::law:
            case card_kind::valve: break;
        }
    }

    constexpr void place_valve(const flat_card& card)
    {
        const node plate = nodes_(card.a), grid = nodes_(card.plus), cathode = nodes_(card.b);
        if (card.kind == card_kind::law) circuit_.triode(plate, grid, cathode, all_.law[card.first]);
        else if (card.kind == card_kind::valve) all_.valve[card.first]->elaborate(circuit_, plate, grid, cathode);
        else return;
        name_device(circuit_, name(card));
    }

    constexpr void drive(const flat_card& card, node a, node b, double at_rest)
    {
        if (!card.has_level) return circuit_.source(a, b);
        const node level = circuit_.node();
        circuit_.source(a, level);
        circuit_.supply(level, voltage{at_rest}, name(card), b);
    }

    /// True if a term and the one behind it are the difference of two unknowns.
    [[nodiscard]] constexpr bool is_difference(const flat_card& card, int place) const noexcept
    {
        const sum_term* const term = all_.term + card.first + place;
        return place + 1 < card.count && term[0].factor == -term[1].factor;
    }
    /// One voltage upon the other.
    constexpr void place_voltages(const flat_card& card, node a, node b)
    {
        int steps = card.constant != 0.0 || card.count == 0 ? 1 : 0;
        for (int i = 0; i < card.count; i += is_difference(card, i) ? 2 : 1) ++steps;
        node below = b;
        const auto next = [&] { return --steps == 0 ? a : circuit_.node(); };
        for (int i = 0; i < card.count;) {
            const node above = next();
            const bool is_pair = is_difference(card, i);
            circuit_.amplifier(above, below, unknown(card.first + i), is_pair ? unknown(card.first + i + 1) : ground,
                               all_.term[card.first + i].factor, name(card));
            below = above;
            i += is_pair ? 2 : 1;
        }
        if (steps > 0) circuit_.supply(a, voltage{card.constant}, name(card), below);
    }
    constexpr void place_currents(const flat_card& card, node a, node b)
    {
        for (int i = 0; i < card.count;) {
            const bool is_pair = is_difference(card, i);
            circuit_.transconductance(a, b, unknown(card.first + i), is_pair ? unknown(card.first + i + 1) : ground,
                                      all_.term[card.first + i].factor, name(card));
            i += is_pair ? 2 : 1;
        }
        if (card.constant != 0.0) place_current_source(circuit_, a, b, card.constant, name(card));
    }

    /// The windings of a group, at the first of them.
    constexpr void place_windings(int first)
    {
        const winding_group group{all_, first};
        if (group.first != first) return;
        winding coil[most_windings]{};
        const char* names[most_windings]{};
        for (int i = 0; i < group.count; ++i) {
            const flat_card& card = all_.card[group.card[i]];
            coil[i] = {nodes_(card.a), nodes_(card.b), value(card)};
            names[i] = name(card);
        }
        place_coupled_windings(circuit_, coil, group.count, group.coupling, names);
    }

    Circuit& circuit_;
    const card_view& all_;
    placed_names nodes_{};
    int sense_card_[most_sensed]{};
    node sense_node_[most_sensed]{};
    int sensed_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
