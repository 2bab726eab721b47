// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/expression_text.hpp>
#include <phono/netlist/reading_state.hpp>

#include <cstddef>
#include <string_view>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The next `name = value` of a line, of which the name is returned; empty where there is none.
constexpr std::string_view next_defined_name(card_words& words)
{
    while (!words.is_empty()) {
        const std::string_view name = without_params(words.next_name());
        if (words.peek() != "=") continue;
        words.next(), words.next_expression();
        return name;
    }
    return {};
}

/// True if a line defines a parameter of this name, as .param and .subckt do.
[[nodiscard]] constexpr bool defines_parameter(std::string_view line, std::string_view name)
{
    card_words words{line};
    for (;;) {
        const std::string_view defined = next_defined_name(words);
        if (defined.empty() || same_name(defined, name)) return !defined.empty();
    }
}

/// True if an expression of a line, in braces or quotes or behind an equals sign, has this name in it.
[[nodiscard]] constexpr bool asks_for_parameter(std::string_view line, std::string_view name) noexcept
{
    bool is_in_expression = false;
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        std::size_t end = at;
        while (end < line.size() && is_in_name(line[end])) ++end;
        if (end == at) {
            if (c == '=' || c == '{' || c == '\'' || c == '"') is_in_expression = true;
            ++at;
            continue;
        }
        const std::string_view behind = trimmed(line.substr(end));
        const bool is_setting = behind.starts_with('=') && !behind.starts_with("==");
        if (is_in_expression && !is_setting && same_name(line.substr(at, end - at), name)) return true;
        at = end;
    }
    return false;
}

/// The name of the subcircuit that an X calls.
[[nodiscard]] constexpr std::string_view called_name(std::string_view line)
{
    card_words words{line};
    std::string_view name{};
    words.next_name();
    while (!words.is_empty()) {
        const std::string_view word = words.next_name();
        if (words.peek() == "=" || same_name(word, "params:") || same_name(word, "params")) break;
        name = unquoted(word);
    }
    return name;
}

/// True if a subcircuit has a parameter: its .subckt or .param defines it, or one of its expressions asks for it, or one of a subcircuit that
/// it calls, to which names are those of who calls.
[[nodiscard]] constexpr bool has_parameter(const reading_state& state, int subcircuit, std::string_view name)
{
    growing_list<int> looked_at{};
    looked_at.add(subcircuit);
    if (defines_parameter(state.subcircuits[subcircuit].pins, name)) return true;
    for (int i = 0; i < state.lines.count(); ++i)
        if (state.subcircuits.kind(i) == line_kind::function && asks_for_parameter(state.lines.text(i), name)) return true;
    for (int k = 0; k < looked_at.count(); ++k) {
        const int scope = looked_at[k];
        for (int i = state.subcircuits.begin_of(scope); i < state.subcircuits.end_of(scope); ++i) {
            const std::string_view line = state.lines.text(i);
            if (asks_for_parameter(line, name)) return true;
            if (state.subcircuits.kind(i) == line_kind::parameters && defines_parameter(line, name)) return true;
            if (state.subcircuits.kind(i) != line_kind::card || lower(line.front()) != 'x') continue;
            const int called = state.subcircuits.find(called_name(line), state.subcircuits.scope(i));
            bool is_known = called < 0;
            for (const int other : looked_at) is_known = is_known || other == called;
            if (!is_known) looked_at.add(called);
        }
    }
    return false;
}

/// The parameter of a .subckt line that is nearest to a name; none where the line has none.
[[nodiscard]] constexpr std::string_view nearest_parameter(std::string_view pins, std::string_view name)
{
    std::string_view nearest{};
    int least = 0;
    card_words words{pins};
    for (;;) {
        const std::string_view defined = next_defined_name(words);
        if (defined.empty()) return nearest;
        const int distance = name_distance(name, defined);
        if (nearest.empty() || distance < least) least = distance, nearest = defined;
    }
}

/// Refuses a parameter that a call gives to a subcircuit which has none of that name: ngspice passes it over, so that a name that is misspelt
/// would leave the default.
constexpr bool check_parameters(reading_state& state, int subcircuit, card_words given, text_place at, std::string_view part)
{
    for (;;) {
        const std::string_view name = next_defined_name(given);
        if (name.empty()) return true;
        if (has_parameter(state, subcircuit, name)) continue;
        const std::string_view pins = state.subcircuits[subcircuit].pins;
        return state.report(mistake_kind::unknown_subcircuit_parameter, at, part, name, nearest_parameter(pins, name), pins);
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
