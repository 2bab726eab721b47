// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>
#include <phono/netlist/mistake_in_netlist.hpp>
#include <phono/netlist/read_netlist.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// How much a netlist has in it.
struct netlist_extent {
    int cards = 0, values = 0, terms = 0, pairs = 0, laws = 0, valves = 0, amplifiers = 0, names = 0, nodes = 0;
};

/// A netlist that has been read in a constant expression: room for this much.
template <netlist_extent extent>
struct netlist_constants {
    math::vector<flat_card, extent.cards> cards{};
    math::vector<card_value, extent.values> values{};
    math::vector<sum_term, extent.terms> terms{};
    math::vector<winding_pair, extent.pairs> pairs{};
    math::vector<any_law, extent.laws> laws{};
    math::vector<const triode*, extent.valves> valves{};
    math::vector<const op_amp*, extent.amplifiers> amplifiers{};
    math::vector<char, extent.names> names{};
    math::vector<int, extent.nodes> node_names{};
    netlist_extent used{};
    int groups = 0, input = 0, output = 0;
    shown_mistake found{};

    constexpr netlist_constants() noexcept = default;
    /// Of what has been read; where it needs more room than there is, only how much it needs.
    constexpr explicit netlist_constants(const reading_state& state)
        : used{state.cards.count(),  state.values.count(),     state.terms.count(), state.pairs.count(), state.laws.count(),
               state.valves.count(), state.amplifiers.count(), state.names.count(), state.nodes.count()},
          groups(state.groups),
          input(state.input),
          output(state.output),
          found(state.found.kind, state.found.at.line, state.found.nodes, state.found.part, state.found.word, state.found.nearest)
    {
        if (!fits()) return;
        copy(state.cards, cards), copy(state.values, values), copy(state.terms, terms), copy(state.pairs, pairs);
        copy(state.laws, laws), copy(state.valves, valves), copy(state.amplifiers, amplifiers), copy(state.names, names);
        copy(state.node_names, node_names);
        for (flat_card& card : cards) card.taken_for = {};   // a view of the text as it was read, which is gone
    }
    /// The same with other room, enough for it.
    template <netlist_extent other>
    constexpr explicit netlist_constants(const netlist_constants<other>& from) noexcept
        : used(from.used), groups(from.groups), input(from.input), output(from.output), found(from.found)
    {
        copy(from.cards, cards, used.cards), copy(from.values, values, used.values), copy(from.terms, terms, used.terms);
        copy(from.pairs, pairs, used.pairs), copy(from.laws, laws, used.laws), copy(from.valves, valves, used.valves);
        copy(from.amplifiers, amplifiers, used.amplifiers), copy(from.names, names, used.names);
        copy(from.node_names, node_names, used.nodes);
    }

    [[nodiscard]] constexpr bool fits() const noexcept
    {
        return used.cards <= extent.cards && used.values <= extent.values && used.terms <= extent.terms && used.pairs <= extent.pairs &&
               used.laws <= extent.laws && used.valves <= extent.valves && used.amplifiers <= extent.amplifiers &&
               used.names <= extent.names && used.nodes <= extent.nodes;
    }

    /// Views of it, with its values or others of the same number.
    [[nodiscard]] constexpr card_view view(const card_value* own_values) const noexcept
    {
        return {cards.entry, own_values, terms.entry, pairs.entry, laws.entry, valves.entry, amplifiers.entry, names.entry, used.cards,
                used.values, used.pairs, groups,      used.nodes,  input,      output};
    }

private:
    static constexpr void copy(const auto& from, auto& to, int count) noexcept
    {
        for (int i = 0; i < count; ++i) to[i] = from[i];
    }
    static constexpr void copy(const auto& from, auto& to) noexcept { copy(from, to, from.count()); }
};

/// Room in which most netlists of a type can be read; a larger one is read again, with the room that it needs.
inline constexpr netlist_extent usual_extent{
    .cards = 96, .values = 96, .terms = 16, .pairs = 8, .laws = 8, .valves = 8, .amplifiers = 8, .names = 1536, .nodes = 64};

template <netlist_extent extent>
[[nodiscard]] constexpr netlist_constants<extent> read_constants(std::string_view text, std::string_view input, std::string_view output)
{
    const logical_lines lines{text, true, {}};
    reading_state state{lines};
    read_netlist(state, {.input = input, .output = output});
    return netlist_constants<extent>{state};
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
