// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/expression.hpp>
#include <phono/netlist/node_table.hpp>
#include <phono/netlist/number.hpp>
#include <phono/netlist/reading_state.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

[[nodiscard]] constexpr mistake_kind mistake_of(number_mistake mistake) noexcept
{
    switch (mistake) {
        case number_mistake::none: return mistake_kind::none;
        case number_mistake::no_number: return mistake_kind::not_a_number;
        case number_mistake::two_points: return mistake_kind::two_points;
        case number_mistake::decimal_comma: return mistake_kind::decimal_comma;
        case number_mistake::no_exponent: return mistake_kind::no_exponent;
        case number_mistake::suffix_as_point: return mistake_kind::doubtful_value;
        case number_mistake::digits_behind_letters: return mistake_kind::digits_behind_letters;
        case number_mistake::strange_character: return mistake_kind::strange_character;
        case number_mistake::too_large:
        case number_mistake::too_small: return mistake_kind::number_out_of_range;
    }
    return mistake_kind::not_a_number;
}

[[nodiscard]] constexpr evaluation<double> parameter_value(reading_state& state, int in, std::string_view name);

/// The functions that .func defines, where an instance sees them.
[[nodiscard]] constexpr bool find_function(const reading_state& state, int in, std::string_view name, function_text& found) noexcept
{
    for (int scope = state.instances[in].subcircuit;; scope = state.subcircuits[scope].parent) {
        for (int i = state.subcircuits.begin_of(scope); i < state.subcircuits.end_of(scope); ++i) {
            if (state.subcircuits.kind(i) != line_kind::function || state.subcircuits.scope(i) != scope) continue;
            card_words words{state.lines.text(i)};
            words.next();
            if (!same_name(words.next(), name)) continue;
            const std::string_view rest = words.rest();
            const std::size_t close = rest.find(')');
            if (!rest.starts_with('(') || close == std::string_view::npos) continue;   // reported where lines are looked through
            std::string_view body = trimmed(rest.substr(close + 1));
            if (body.starts_with('=')) body = trimmed(body.substr(1));
            if (is_braced(body)) body = body.substr(1, body.size() - 2);
            found.parameters = rest.substr(1, close - 1), found.body = body;
            return true;
        }
        if (scope < 0) return false;
    }
}

/// What the names in an expression stand for whose value is a number.
struct number_names {
    reading_state& state;
    int in;

    constexpr evaluation<double> parameter(std::string_view name) { return parameter_value(state, in, name); }
    constexpr bool function(std::string_view name, function_text& found) const noexcept { return find_function(state, in, name, found); }
    constexpr evaluation<double> voltage(std::string_view plus, std::string_view) const noexcept
    {
        return {0.0, mistake_kind::voltage_in_parameter, plus};
    }
    constexpr evaluation<double> current(std::string_view source) const noexcept
    {
        return {0.0, mistake_kind::current_in_parameter, source};
    }
};

/// An expression with or without its braces, where any expression may stand.
[[nodiscard]] constexpr evaluation<double> expression_value(reading_state& state, int in, std::string_view text)
{
    if (text.size() >= 2 && (is_braced(text) || (text.front() == '"' && text.back() == '"'))) text = text.substr(1, text.size() - 2);
    if (begins_number(text)) {
        const netlist_number number = number_of(text);
        if (number.mistake == number_mistake::none && has_mil(text)) return {0.0, mistake_kind::doubtful_mil, text};
        if (number.mistake == number_mistake::none) return {number.value, mistake_kind::none, {}};
    }
    number_names names{state, in};
    return evaluate<double>(text, names);
}

/// Evaluates a parameter.
[[nodiscard]] constexpr evaluation<double> open_parameter(reading_state& state, int which)
{
    state.parameters[which].state = scoped_parameter::open;
    ++state.open_parameters;
    const evaluation<double> found = expression_value(state, state.parameters[which].scope, state.parameters[which].text);
    --state.open_parameters;
    state.parameters[which].state = found.wrong == mistake_kind::none ? scoped_parameter::known : scoped_parameter::unknown;
    state.parameters[which].value = found.value;
    return found;
}

/// The same for the first of a chain that may be long: where too many would be open, the one that waits is found first.
[[nodiscard]] constexpr evaluation<double> with_its_chain(reading_state& state, int first)
{
    growing_list<int> chain{};
    chain.add(first);
    for (;;) {
        state.waiting_parameter = -1;
        const int last = chain[chain.count() - 1];
        const evaluation<double> found = open_parameter(state, last);
        if (state.waiting_parameter >= 0) {
            for (const int other : chain)
                if (other == state.waiting_parameter) return {0.0, mistake_kind::parameter_cycle, state.parameters[other].name};
            chain.add(state.waiting_parameter);
            continue;
        }
        if (chain.count() == 1 || found.wrong != mistake_kind::none) return found;
        chain.shorten(chain.count() - 1);
    }
}

/// A parameter's value, which is found when it is asked for first.
[[nodiscard]] constexpr evaluation<double> parameter_value(reading_state& state, int in, std::string_view name)
{
    const std::uint32_t hash = hash_of(name);
    for (; in >= 0; in = state.instances[in].parent) {
        const int first = state.instances[in].first_parameter, count = state.instances[in].parameters;
        for (int i = first; i < first + count; ++i) {
            if (state.parameters[i].hash != hash || !same_name(state.parameters[i].name, name)) continue;
            if (state.parameters[i].state == scoped_parameter::known) return {state.parameters[i].value, mistake_kind::none, {}};
            if (state.parameters[i].state == scoped_parameter::open) return {0.0, mistake_kind::parameter_cycle, name};
            if (state.open_parameters == reading_state::most_open_parameters) {
                state.waiting_parameter = i;
                return {0.0, mistake_kind::expression_too_deep, name};
            }
            return state.open_parameters > 0 ? open_parameter(state, i) : with_its_chain(state, i);
        }
    }
    return {0.0, mistake_kind::unknown_parameter, name};
}

/// What stands behind the name of a .model that a subcircuit sees, as D(IS=1n RS=1); -1 is the text itself.
[[nodiscard]] constexpr bool find_model(const reading_state& state, int subcircuit, std::string_view name, std::string_view& found) noexcept
{
    for (int scope = subcircuit;; scope = state.subcircuits[scope].parent) {
        for (int i = state.subcircuits.begin_of(scope); i < state.subcircuits.end_of(scope); ++i) {
            if (state.subcircuits.kind(i) != line_kind::model || state.subcircuits.scope(i) != scope) continue;
            card_words words{state.lines.text(i)};
            words.next();
            if (!same_name(words.next_name(), name)) continue;
            found = words.rest();
            return true;
        }
        if (scope < 0) return false;
    }
}

/// True if a .model has this name.
[[nodiscard]] constexpr bool has_model(const reading_state& state, std::string_view name) noexcept
{
    for (int i = 0; i < state.lines.count(); ++i) {
        if (state.subcircuits.kind(i) != line_kind::model) continue;
        card_words words{state.lines.text(i)};
        words.next();
        if (same_name(words.next_name(), name)) return true;
    }
    return false;
}

/// The value of a word of a card: a number, or an expression in braces or quotes. Reports what is wrong.
constexpr bool value_of_word(reading_state& state, int in, std::string_view word, text_place at, std::string_view part, double& value)
{
    if (word.empty()) return state.report(mistake_kind::value_missing, at, part, part);
    if (is_braced(word)) {
        const evaluation<double> found = expression_value(state, in, word);
        value = found.value;
        return found.wrong == mistake_kind::none || state.report(found.wrong, at, part, found.word.empty() ? word : found.word);
    }
    const netlist_number number = number_of(word);
    value = number.value;
    if (number.mistake == number_mistake::none) return true;
    if (number.mistake == number_mistake::no_number && parameter_value(state, in, word).wrong != mistake_kind::unknown_parameter)
        return state.report(mistake_kind::bare_parameter, at, part, word);
    if (number.mistake == number_mistake::no_number && has_model(state, word))
        return state.report(mistake_kind::model_instead_of_value, at, part, word);
    return state.report(mistake_of(number.mistake), at, part, word);
}

/// Adds `name = expression` pairs to the parameters of an instance; they are evaluated in another where they are those of its card. Reports
/// what is wrong.
constexpr bool add_parameters(reading_state& state, int in, int scope, card_words words, text_place at, std::string_view part)
{
    while (!words.is_empty()) {
        const std::string_view name = without_params(words.next());
        if (same_name(name, "params:") || (same_name(name, "params") && words.rest().starts_with(':')) || name.empty()) continue;
        if (words.peek() == "(") return state.report(mistake_kind::bad_function, at, part, name);
        if (words.next() != "=") return state.report(mistake_kind::bad_definition, at, part, name);
        const std::string_view text = words.next_expression();
        if (words.is_unclosed()) return state.report(mistake_kind::unclosed_quote, at, part, text);
        if (text.empty()) return state.report(mistake_kind::value_missing, at, part, name);
        const std::uint32_t hash = hash_of(name);
        instance& here = state.instances[in];
        bool is_overridden = false;
        for (int i = here.first_parameter; i < here.first_parameter + here.parameters; ++i) {
            const scoped_parameter& other = state.parameters[i];
            if (other.hash != hash || !same_name(other.name, name)) continue;
            if (at.file >= 0 && other.at.line == at.line && other.at.file == at.file && other.text == text &&
                other.text.data() != text.data()) {
                is_overridden = true;   // a file that is included twice says the same
                continue;
            }
            if (other.at.line == at.line && other.at.file == at.file)
                return state.report(mistake_kind::duplicate_parameter, at, part, name);
            if (other.scope == scope) return state.report(mistake_kind::duplicate_parameter, at, part, name);
            is_overridden = true;   // the card's own value counts, not the default
        }
        if (is_overridden) continue;
        state.parameters.add({hash, name, text, scope, at});
        ++here.parameters;
    }
    return true;
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
