// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/card_shape.hpp>
#include <phono/netlist/drive.hpp>
#include <phono/netlist/node_groups.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// How often the parts of a circuit touch a node.
struct node_uses {
    int pins = 0, controls = 0;
    int card = -1;             ///< the first
    bool is_dropped = false;   ///< with what touched it
};

/// Looks for what a circuit cannot be solved with, or is likely not meant.
class topology {
public:
    constexpr explicit topology(reading_state& state) : state_(state), paths_(state.nodes.count()), ideal_(state.nodes.count())
    {
        for (int i = 0; i <= state.nodes.count(); ++i) uses_.add({});
    }

    constexpr bool check()
    {
        drop_idle_links();
        for (int i = 0; i < state_.cards.count(); ++i)
            if (!look_at(i) && !state_.goes_on()) return false;
        if (uses_[0].pins == 0) return state_.report(mistake_kind::no_ground, {}, {}, {});
        if (state_.input != 0) paths_.connect(state_.input, 0), ++uses_[state_.input].pins;
        ++uses_[state_.output].controls;
        drop_idle_parts();
        for (const int node : state_.asked_nodes) ++uses_[node].controls;
        for (const int node : state_.heater_nodes) ++uses_[node].controls;
        int empty = 0;
        for (int node = 1; node <= state_.nodes.count(); ++node) {
            look_at_node(node);
            if (!state_.goes_on()) return false;
            if (uses_[node].pins == 0) ++empty;
        }
        if (!state_.is_sound()) return false;
        if (empty > 0) drop_empty_nodes();
        return true;
    }

private:
    /// Of resistors of 0 Ohm those are left out whose ends others join already.
    constexpr void drop_idle_links()
    {
        const auto is_link = [](const flat_card& card) {
            return card.kind == card_kind::voltage_of_sum && card.count == 0 && card.constant == 0.0;
        };
        int links = 0;
        for (const flat_card& card : state_.cards) links += is_link(card) ? 1 : 0;
        if (links < 2) return;
        node_groups joined{state_.nodes.count()};
        for (flat_card& card : state_.cards)
            if (is_link(card) && !joined.connect(card.a, card.b)) card.kind = card_kind::none;
    }
    constexpr void use(int node, int card, bool is_pin) noexcept
    {
        node_uses& uses = uses_[node];
        ++(is_pin ? uses.pins : uses.controls);
        if (uses.card < 0) uses.card = card;
    }

    /// Leaves out what feeds nothing but a pin that the circuit does not have, of a heater or an amplifier's supply: a resistor, then what
    /// fed only that. As the circuit is read it has no effect, and who reads the circuit alone would take its node for a misspelt one.
    constexpr void drop_idle_parts()
    {
        growing_list<int> open{};
        for (const int node : state_.asked_nodes) open.add(node);
        for (const int node : state_.heater_nodes) open.add(node);
        while (open.count() > 0) {
            const int node = open[open.count() - 1];
            open.shorten(open.count() - 1);
            if (node == 0 || node == state_.output || node == state_.input || uses_[node].pins != 1 || uses_[node].controls != 0) continue;
            const int place = only_card_at(node);
            if (place < 0 || is_idle_supply(place) || !may_be_dropped(state_.cards[place])) continue;
            flat_card& card = state_.cards[place];
            const bool controls = shape_of(card.kind).controls;
            if (controls) --uses_[card.plus].controls, --uses_[card.minus].controls, open.add(card.plus), open.add(card.minus);
            for (int i = 0; card.kind == card_kind::voltage_of_sum && i < card.count; ++i)
                if (const int unknown = state_.terms[card.first + i].unknown; unknown > 0) --uses_[unknown].controls, open.add(unknown);
            --uses_[card.a].pins, --uses_[card.b].pins;
            open.add(card.a), open.add(card.b);
            card.kind = card_kind::none;
            for (const int end : {card.a, card.b}) {
                uses_[end].is_dropped = uses_[end].pins + uses_[end].controls == 0;
                if (uses_[end].pins == 1) uses_[end].card = only_card_at(end);
            }
            state_.notes.add({note_kind::feeds_no_pin, state_.places[place], state_.part_of(place), {}});
        }
    }
    [[nodiscard]] static constexpr bool may_be_dropped(const flat_card& card) noexcept
    {
        switch (card.kind) {
            case card_kind::resistor:
            case card_kind::capacitor:
            case card_kind::inductor:
            case card_kind::voltage_by_voltage:
            case card_kind::voltage_of_sum: return true;
            case card_kind::supply: return !card.is_sensed && !card.is_constant && !card.has_ac && !card.has_wave;
            default: return false;
        }
    }
    /// The card that touches a node, which is one.
    [[nodiscard]] constexpr int only_card_at(int node) const noexcept
    {
        for (int i = 0; i < state_.cards.count(); ++i) {
            const flat_card& card = state_.cards[i];
            if (card.kind == card_kind::none) continue;
            if (card.a == node || card.b == node || (shape_of(card.kind).has_grid && card.plus == node)) return i;
        }
        return -1;
    }

    constexpr bool look_at(int place)
    {
        const flat_card& card = state_.cards[place];
        if (card.kind == card_kind::none) return true;
        const card_shape shape = shape_of(card.kind);
        use(card.a, place, true), use(card.b, place, true);
        if (shape.has_grid) {
            use(card.plus, place, true);
            if (card.kind == card_kind::valve) paths_.connect(card.plus, card.b);
        }
        if (shape.controls) use(card.plus, place, false), use(card.minus, place, false);
        const bool is_sum = card.kind == card_kind::voltage_of_sum || card.kind == card_kind::current_of_sum;
        for (int i = 0; is_sum && i < card.count; ++i)
            if (const int unknown = state_.terms[card.first + i].unknown; unknown > 0) use(unknown, place, false);
        const bool is_open = card.kind == card_kind::capacitor && state_.values[card.value].value == 0.0;
        if (shape.is_path && !is_open) paths_.connect(card.a, card.b);
        if (shape.is_ideal && !ideal_.connect(card.a, card.b))
            return state_.report(mistake_kind::loop_of_sources, state_.places[place], state_.part_of(place), state_.part_of(place));
        return true;
    }

    /// True for a source without signal from ground: alone at its node, such as a supply of an amplifier whose model has none, it is harmless.
    [[nodiscard]] constexpr bool is_idle_supply(int place) const noexcept
    {
        if (place < 0) return false;
        const flat_card& card = state_.cards[place];
        return card.kind == card_kind::supply && !card.has_ac && !card.has_wave && (card.a == 0 || card.b == 0);
    }

    constexpr bool look_at_node(int node)
    {
        node_uses& uses = uses_[node];
        if (uses.card >= 0 && uses.pins > 0 && state_.cards[uses.card].kind == card_kind::none) uses.card = only_card_at(node);
        const std::string_view name = state_.name_at(state_.node_names[node - 1]);
        const auto report = [&](mistake_kind kind) {
            const bool is_used = uses.card >= 0;
            return state_.report(kind, is_used ? state_.places[uses.card] : text_place{},
                                 is_used ? state_.part_of(uses.card) : std::string_view{}, name);
        };
        const bool is_asked_alone = uses.card < 0 && node != state_.output;   // a supply of an amplifier of the catalogue
        const bool is_idle_alone = is_asked_alone && is_of_heaters(node);
        if (uses.pins + uses.controls == 0 || (uses.is_dropped && uses.pins == 0) || (is_unconnected(name) && is_asked_alone) ||
            is_idle_alone)
            return true;   // which will be dropped
        if (uses.pins == 0) return report(mistake_kind::undriven_node);
        if (uses.pins + uses.controls == 1 && !is_unconnected(name)) {
            if (!is_idle_supply(uses.card)) return report(mistake_kind::node_with_one_part);
            state_.notes.add({note_kind::feeds_nothing, state_.places[uses.card], state_.part_of(uses.card), {}});
        }
        if (paths_.connect(node, 0)) return report(mistake_kind::floating_node);   // once for all nodes of its island
        return true;
    }

    [[nodiscard]] constexpr bool is_of_heaters(int node) const noexcept
    {
        for (const int heater : state_.heater_nodes)
            if (heater == node) return true;
        return false;
    }

    /// Takes away the nodes that no part touches, pins of subcircuits that these do not use, since a circuit with one has no solution; the
    /// others are numbered anew.
    constexpr void drop_empty_nodes()
    {
        growing_list<int> number{};
        number.add(0);
        int kept = 0;
        for (int node = 1; node <= state_.nodes.count(); ++node) {
            const bool is_empty = uses_[node].pins == 0;
            if (!is_empty) {
                state_.nodes[kept] = state_.nodes[node - 1], state_.node_names[kept] = state_.node_names[node - 1];
                ++kept;
                state_.nodes[kept - 1].number = kept;
            }
            number.add(is_empty ? 0 : kept);
        }
        state_.nodes.shorten(kept), state_.node_names.shorten(kept);
        for (flat_card& card : state_.cards)
            card.a = number[card.a], card.b = number[card.b], card.plus = number[card.plus], card.minus = number[card.minus];
        for (sum_term& term : state_.terms)
            if (term.unknown > 0) term.unknown = number[term.unknown];
        state_.input = number[state_.input], state_.output = number[state_.output];
    }

    reading_state& state_;
    node_groups paths_, ideal_;
    growing_list<node_uses> uses_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
