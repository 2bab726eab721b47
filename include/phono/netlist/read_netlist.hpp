// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/expansion.hpp>
#include <phono/netlist/late_cards.hpp>
#include <phono/netlist/netlist_choice.hpp>
#include <phono/netlist/placing_cards.hpp>
#include <phono/netlist/switches_at_rest.hpp>
#include <phono/netlist/topology.hpp>

#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// True if the first line of a text names nodes that other lines name too, which a title hardly does.
[[nodiscard]] constexpr bool names_nodes(const reading_state& state, card_words words, int count)
{
    for (int i = 0; i < count; ++i) {
        const std::string_view node = words.next_name();
        bool is_named = is_ground(node);
        for (int line = 0; line < state.lines.count() && !is_named; ++line) {
            card_words others{state.lines.text(line)};
            others.next_name();
            while (!is_named && !others.is_empty()) is_named = same_name(unquoted(others.next_name()), unquoted(node));
        }
        if (node.empty() || !is_named) return false;
    }
    return true;
}

/// True if the first line of a text, its title, could be a card: R1 in out 1k.
[[nodiscard]] constexpr bool reads_as_card(const reading_state& state, std::string_view title)
{
    card_words words{title};
    const std::string_view part = words.next_name();
    if (part.empty()) return false;
    const char letter = lower(part.front());
    if (letter == '.') return part.size() > 1 && is_letter(part[1]) && !same_name(part, ".title");
    const card_words nodes = words;
    if (std::string_view{"rclvi"}.find(letter) != std::string_view::npos) {
        words.next_name(), words.next_name();
        const std::string_view word = words.next();
        return (begins_number(word) || is_braced(word) || same_name(word, "ac") || same_name(word, "dc") || words.peek() == "=") &&
               names_nodes(state, nodes, 2);
    }
    if (std::string_view{"egfhk"}.find(letter) != std::string_view::npos) {
        words.next_name(), words.next_name();
        if (same_name(words.peek(), "value")) return names_nodes(state, nodes, 2);
        for (int i = 0; i < 3; ++i)
            if (const std::string_view word = words.next(); begins_number(word) || is_braced(word))
                return words.is_empty() && names_nodes(state, nodes, letter == 'k' ? 0 : 2);
        return false;
    }
    if (letter == 'b') return words.next_name(), words.next_name(), words.next(), words.peek() == "=";
    if (letter == 's') return names_nodes(state, nodes, 4);
    if (std::string_view{"dqjm"}.find(letter) != std::string_view::npos && count_of(part.substr(1)) >= 0)
        return names_nodes(state, nodes, 2);
    if (letter != 'x') return false;
    std::string_view name{};
    int count = 0;
    for (; !words.is_empty(); ++count) {
        const std::string_view word = words.next_name();
        if (word.empty() || words.peek() == "=" || same_name(word, "params:")) break;
        name = unquoted(word);
    }
    const bool is_known = state.subcircuits.find(name, -1) >= 0 || catalogue_triode(name) || catalogue_amplifier(name);
    return (is_known || count > 2) && names_nodes(state, nodes, count - 1);
}

/// Looks at what options and .temp say of the whole circuit: its temperature, resistors from all nodes to ground, and GMIN.
constexpr bool read_options(reading_state& state, int line)
{
    card_words words{state.lines.text(line)};
    const std::string_view command = words.next();
    const bool is_temperature = same_name(command, ".temp");
    if (!is_temperature && !is_listed(command, " .option .options .opt ")) return true;
    while (!words.is_empty()) {
        const std::string_view name = is_temperature ? command : words.next_name();
        if (!is_temperature && words.peek() != "=") continue;
        if (!is_temperature) words.next();
        const std::string_view word = words.next();
        if (is_listed(name, " rshunt cshunt gshunt "))
            return state.report(mistake_kind::conductance_to_ground, state.lines[line].at, command, name);
        const netlist_number number = number_of(word);
        if (same_name(name, "gmin") && number.value > 1e-30 && number.value <= 1.0) state.least_conductance = number.value;
        if (!is_listed(name, " temp tnom .temp ")) continue;
        if (number.mistake == number_mistake::none && number.value == 27.0) continue;
        if (!state.has_other_temperature) state.notes.add({note_kind::temperature_left_out, state.lines[line].at, command, {}});
        state.has_other_temperature = true;
    }
    return true;
}

/// Looks through what lines define: functions, global nodes, options; and for .step, which changes values and is passed over.
constexpr bool read_definitions(reading_state& state)
{
    for (int i = 0; i < state.lines.count(); ++i) {
        card_words words{state.lines.text(i)};
        if (state.subcircuits.kind(i) == line_kind::function) {
            const std::string_view command = words.next(), name = words.next();
            const std::string_view rest = words.rest();
            const std::size_t close = rest.find(')');
            if (name.empty() || !rest.starts_with('(') || close == std::string_view::npos || trimmed(rest.substr(close + 1)).empty())
                return state.report(mistake_kind::bad_function, state.lines[i].at, command, name);
        } else if (state.subcircuits.kind(i) == line_kind::global) {
            words.next();
            while (!words.is_empty()) state.globals.add(unquoted(words.next_name()));
        } else if (state.subcircuits.kind(i) == line_kind::passed_over) {
            if (same_name(words.peek(), ".step")) state.notes.add({note_kind::step_passed_over, state.lines[i].at, words.next(), {}});
            if (!read_options(state, i)) return false;
        }
    }
    return true;
}

/// Gives parts other values than their text says.
constexpr bool apply(reading_state& state, std::span<const netlist_setting> settings)
{
    for (const netlist_setting& setting : settings) {
        bool is_found = false;
        for (card_value& value : state.values) {
            if (!same_name(state.name_at(value.name), setting.part)) continue;
            const char unit = value.unit;
            if (unit == 'R' && !(setting.value > 0.0)) return state.report(mistake_kind::not_positive, {}, setting.part, setting.part);
            if ((unit == 'C' || unit == 'L') && !(setting.value >= 0.0))
                return state.report(mistake_kind::negative_value, {}, setting.part, setting.part);
            if (unit == 'K' && !(setting.value >= -1.0 && setting.value <= 1.0))
                return state.report(mistake_kind::bad_coupling, {}, setting.part, setting.part);
            if (!math::is_finite(setting.value)) return state.report(mistake_kind::not_finite, {}, setting.part, setting.part);
            value.value = setting.value;
            is_found = true;
        }
        if (!is_found) return state.report(mistake_kind::no_such_part, {}, {}, setting.part);
    }
    return true;
}

/// Windings have inductances above 0, and couplings with which no current has negative energy.
constexpr bool check_windings(reading_state& state)
{
    for (int i = 0; i < state.cards.count(); ++i) {
        const flat_card& card = state.cards[i];
        if (card.kind != card_kind::winding) continue;
        if (!(state.values[card.value].value > 0.0))
            return state.report(mistake_kind::not_positive, state.places[i], state.part_of(i), state.part_of(i));
        const winding_group group{view_of(state), i};
        if (group.first == i && !coupling_factors{group.coupling, group.count}.are_possible)
            return state.report(mistake_kind::impossible_coupling, state.places[i], state.part_of(i), state.part_of(i));
    }
    return true;
}

/// The couplings of inductors, which are known now.
constexpr bool read_couplings(reading_state& state)
{
    for (const late_card& coupling : state.couplings) {
        read_coupling(state, coupling);
        if (!state.goes_on()) return false;
    }
    return state.is_sound();
}

/// What the lines define, and their cards. What needs all of them is looked at only where all are sound.
constexpr bool read_cards(reading_state& state)
{
    if (!read_definitions(state) || !add_scope_parameters(state, 0) || !expand(state, 0) || !state.is_sound()) return false;
    if (state.cards.count() == 0) return state.report(mistake_kind::no_text, {}, {}, {});
    return read_couplings(state);
}

/// Reads a netlist whose lines are known: the circuit that it is, or its first mistake; where all are to be told, those that were set aside
/// come first.
constexpr void read_netlist(reading_state& state, const netlist_choice& choice)
{
    const logical_lines& lines = state.lines;
    if (lines.found.kind != mistake_kind::none)
        return static_cast<void>(state.report(lines.found.kind, lines.found.at, {}, lines.found.word));
    if (trimmed(lines.title()).starts_with('.') && reads_as_card(state, lines.title()))
        return static_cast<void>(state.report(mistake_kind::title_is_a_card, {1, -1}, {}, trimmed(lines.title())));
    const auto& definitions = state.subcircuits.found;
    if (definitions.kind != mistake_kind::none)
        return static_cast<void>(state.report(definitions.kind, definitions.at, definitions.part, definitions.word));
    if (reads_as_card(state, lines.title()))
        return static_cast<void>(state.report(mistake_kind::title_is_a_card, {1, -1}, {}, trimmed(lines.title())));
    state.has_coil_resistance = choice.has_coil_resistance;
    state.instances.add({});
    if (!read_cards(state) || !apply(state, choice.settings) || !check_windings(state) || !find_sensed(state) || !read_sums(state) ||
        !set_switches(state))
        return;
    if (!choose_drive(state, choice.input) || !choose_output(state, choice.output)) return;
    topology{state}.check();
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
