// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/expression.hpp>
#include <phono/netlist/node_table.hpp>
#include <phono/netlist/words.hpp>

#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::detail {

/// A source within a subcircuit: of a voltage between a and b or a current from a to b, by an expression, or so many times the voltage
/// between plus and minus.
struct law_source {
    int card = 0;
    bool is_voltage = false;
    std::string_view a{}, b{}, expression{};
    std::string_view plus{}, minus{};   ///< empty where the expression is all
    std::string_view unread{};          ///< a word behind it that would change it, such as m
};

/// Another part within a subcircuit, between a and b: R, C, L, D, or, with the letter '?', what no law of a valve consists of.
struct law_part {
    int card = 0;
    char letter = '?';
    std::string_view a{}, b{}, value{};   ///< of a diode the name of its model
    std::string_view unread{};            ///< a word behind it that would change it, such as m
};

[[nodiscard]] constexpr std::string_view without_braces(std::string_view text) noexcept
{
    text = trimmed(text);
    return is_braced(text) || (text.size() >= 2 && text.front() == '"') ? trimmed(text.substr(1, text.size() - 2)) : text;
}

/// The first word behind a value that may change it: all but what says of a part how exact it is, or how it depends on temperature.
[[nodiscard]] constexpr std::string_view first_unread(card_words words) noexcept
{
    while (!words.is_empty()) {
        const std::string_view word = words.next();
        if (!is_listed(word, " tol tc tc1 tc2 noisy noiseless ")) return word;
        if (words.peek() != "=") continue;
        words.next(), words.next();
        while (begins_number(words.peek())) words.next();   // tc=0.01, 0.001
    }
    return {};
}

/// The cards of a subcircuit that may be a valve, as sources and other parts.
class valve_cards {
public:
    static constexpr int most = 32;

    law_source sources[most]{};
    law_part parts[most]{};
    int source_count = 0, part_count = 0;
    bool are_few = true;   ///< false where there are more than a valve has

    template <class Body>
    constexpr explicit valve_cards(const Body& body) noexcept
    {
        are_few = body.cards() <= most;
        for (int i = 0; are_few && i < body.cards(); ++i) read(i, card_words{body.card(i)});
    }

    /// True if one of the parts is a device that is no part of a triode's law.
    [[nodiscard]] constexpr bool has(std::string_view letters) const noexcept
    {
        for (int i = 0; i < part_count; ++i)
            if (letters.find(parts[i].letter) != std::string_view::npos) return true;
        return false;
    }

    /// True if a voltage source leads to this node.
    [[nodiscard]] constexpr bool is_held(std::string_view node) const noexcept
    {
        for (int i = 0; i < source_count; ++i)
            if (sources[i].is_voltage && (same_name(sources[i].a, node) || same_name(sources[i].b, node))) return true;
        return false;
    }

private:
    constexpr void read(int card, card_words words) noexcept
    {
        const std::string_view name = words.next_name();
        const char letter = name.empty() ? '?' : lower(name.front());
        const std::string_view a = unquoted(words.next_name()), b = unquoted(words.next_name());
        law_part part{card, '?', a, b, {}};
        if (letter == 'b' || letter == 'e' || letter == 'g') {
            if (read_source(card, letter, a, b, words)) return;
        } else if (letter == 'v') {
            if (same_name(words.peek(), "dc")) words.next();
            const std::string_view value = words.next();
            if (words.is_empty()) {
                sources[source_count++] = {card, true, a, b, value.empty() ? std::string_view{"0"} : without_braces(value), {}, {}};
                return;
            }
        } else if (letter == 'r') {
            part.letter = letter, part.value = words.next();
            if (words.peek() == "=") words.next(), part.value = words.next();
            part.value = without_braces(part.value);
            part.unread = first_unread(words);
        } else if (letter == 'd') {
            part.letter = letter, part.value = words.next_name();
            if (!words.is_empty()) part.value = {};   // of an area of its own
        } else if (letter == 'c' || letter == 'l' || letter == 'q' || letter == 'j' || letter == 'm' || letter == 'z') part.letter = letter;
        parts[part_count++] = part;
    }

    constexpr bool read_source(int card, char letter, std::string_view a, std::string_view b, card_words words) noexcept
    {
        law_source source{card, letter == 'e', a, b, {}, {}, {}};
        const std::string_view word = words.peek();
        card_words behind = words;
        behind.next();
        for (const std::string_view keyword : {"value", "vol", "cur", "v", "i"}) {
            if (!same_name(word, keyword) || (behind.peek() != "=" && !is_braced(behind.peek()))) continue;
            if (behind.peek() == "=") behind.next();
            source.is_voltage = letter == 'e' || (letter == 'b' && keyword == "v");
            source.expression = without_braces(behind.next_expression());
            source.unread = first_unread(behind);
            sources[source_count++] = source;
            return !source.expression.empty();
        }
        if (letter == 'b' || same_name(word, "poly") || same_name(word, "table") || same_name(word, "laplace")) return false;
        source.plus = unquoted(words.next_name()), source.minus = unquoted(words.next_name());
        while (words.peek() == ")") words.next();
        source.expression = without_braces(words.next());
        if (source.expression.empty()) return false;
        source.unread = first_unread(words);
        sources[source_count++] = source;
        return true;
    }
};

}   // namespace phono::inline v0_2::detail
