// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/node_table.hpp>
#include <phono/netlist/output_candidates.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// A node of the whole circuit by its name: `x`, or `X1.x` within a subcircuit; -1 if there is none.
[[nodiscard]] constexpr int find_any_node(const reading_state& state, std::string_view name) noexcept
{
    if (is_ground(name)) return 0;
    for (int i = 0; i < state.nodes.count(); ++i)
        if (state.nodes[i].instance >= 0 && same_name(state.name_at(state.node_names[i]), name)) return i + 1;
    return -1;
}

/// The same, but `in` also finds KiCad's `/in`.
[[nodiscard]] constexpr int find_label(const reading_state& state, std::string_view name) noexcept
{
    if (const int found = find_any_node(state, name); found >= 0) return found;
    for (int i = 0; i < state.nodes.count(); ++i) {
        const std::string_view other = state.name_at(state.node_names[i]);
        if (state.nodes[i].instance == 0 && other.starts_with('/') && same_name(other.substr(1), name)) return i + 1;
    }
    return -1;
}

[[nodiscard]] constexpr bool is_source(const flat_card& card) noexcept
{
    return card.kind == card_kind::supply || card.kind == card_kind::current;
}

/// A source drives the circuit, the rest have no signal.
constexpr bool drive_by_source(reading_state& state, int driving)
{
    for (int i = 0; i < state.cards.count(); ++i) {
        flat_card& card = state.cards[i];
        if (!is_source(card)) continue;
        if (i != driving) {
            if (card.has_ac) state.notes.add({note_kind::without_signal, state.places[i], state.part_of(i), {}});
            continue;
        }
        card.kind = card.kind == card_kind::supply ? card_kind::driving_voltage : card_kind::driving_current;
        card.has_level = state.values[card.value].value != 0.0;
    }
    return true;
}

[[nodiscard]] constexpr bool holds(const flat_card& card, int node) noexcept
{
    return card.kind == card_kind::supply && ((card.a == node && card.b == 0) || (card.b == node && card.a == 0));
}

/// What stands before the circuit drives a node; a source of no DC voltage there, in whose place it comes, is left out.
constexpr bool drive_by_node(reading_state& state, int input)
{
    if (input == 0) return state.report(mistake_kind::no_such_input, {}, {}, "0");
    for (int i = 0; i < state.cards.count(); ++i) {
        flat_card& card = state.cards[i];
        if (holds(card, input)) {
            if (state.values[card.value].value != 0.0 || card.is_sensed || card.is_constant)
                return state.report(mistake_kind::input_is_held, state.places[i], state.part_of(i),
                                    state.name_at(state.node_names[input - 1]));
            card.kind = card_kind::none;
            state.notes.add({note_kind::left_out, state.places[i], state.part_of(i), {}});
        } else if (is_source(card) && card.has_ac) {
            state.notes.add({note_kind::without_signal, state.places[i], state.part_of(i), {}});
        }
    }
    state.input = input;
    return true;
}

/// The node `in` drives; a source of 0 V that holds it is the input, as it was drawn.
constexpr bool drive_by_in(reading_state& state, int node)
{
    for (int i = 0; i < state.cards.count(); ++i) {
        const flat_card& card = state.cards[i];
        if (!holds(card, node) || state.values[card.value].value != 0.0 || card.is_constant) continue;
        state.notes.add({note_kind::drives_without_ac, state.places[i], state.part_of(i), {}});
        return drive_by_source(state, i);
    }
    return drive_by_node(state, node);
}

/// Finds what drives the circuit: a source or node of this name; without a name the source that has AC, or else the one that has a function
/// of time, or else the node `in`.
constexpr bool choose_drive(reading_state& state, std::string_view name)
{
    int driving = -1, sources = 0, wave = -1, waves = 0;
    for (int i = 0; i < state.cards.count(); ++i) {
        const flat_card& card = state.cards[i];
        if (!is_source(card)) continue;
        if (!name.empty() && same_name(state.part_of(i), name)) return drive_by_source(state, i);
        if (card.has_ac) driving = i, ++sources;
        if (card.has_wave) wave = i, ++waves;
    }
    if (!name.empty()) {
        const int node = find_label(state, name);
        return node >= 0 ? drive_by_node(state, node) : state.report(mistake_kind::no_such_input, {}, {}, name);
    }
    if (sources == 0) driving = wave, sources = waves;
    if (sources == 1) return drive_by_source(state, driving);
    if (sources > 1)
        return state.report(mistake_kind::several_drives, state.places[driving], state.part_of(driving), state.part_of(driving));
    const int node = find_label(state, "in");
    return node > 0 ? drive_by_in(state, node) : state.report(mistake_kind::no_input, {}, {}, {});
}

constexpr bool choose_output(reading_state& state, std::string_view name)
{
    state.output = find_label(state, name.empty() ? "out" : name);
    if (state.output > 0) return true;
    if (!name.empty()) return state.report(mistake_kind::no_such_output, {}, {}, name);
    const output_candidates others{state};
    return state.report(mistake_kind::no_output, {}, {}, {}, others.begin() == others.end() ? std::string_view{} : *others.begin());
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
