// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/valve_cards.hpp>
#include <phono/netlist/valve_current.hpp>

#include <cstdint>
#include <string_view>

namespace phono::inline v0_2::detail {

/// True if an expression asks for the voltage of a node, as V(g,k) does of g and k.
[[nodiscard]] constexpr bool asks_for(std::string_view expression, std::string_view node) noexcept
{
    for (std::size_t i = 0; i + 1 < expression.size(); ++i) {
        if (lower(expression[i]) != 'v' || expression[i + 1] != '(') continue;
        if (i > 0 && (is_letter(expression[i - 1]) || is_digit(expression[i - 1]) || expression[i - 1] == '_')) continue;
        card_words names{expression.substr(i + 2, expression.find(')', i) - i - 2)};
        while (!names.is_empty())
            if (same_name(unquoted(names.next_name()), node)) return true;
    }
    return false;
}
/// True if a source of a subcircuit touches a node, or is controlled by it.
[[nodiscard]] constexpr bool is_of_sources(const valve_cards& cards, std::string_view node) noexcept
{
    for (int i = 0; i < cards.source_count; ++i) {
        const law_source& s = cards.sources[i];
        for (const std::string_view other : {s.a, s.b, s.plus, s.minus})
            if (same_name(other, node)) return true;
        if (asks_for(s.expression, node)) return true;
    }
    return false;
}

/// Finds resistors between a pin and the electrode of which the sources of a valve speak, such as a grid stopper within a model: the
/// electrode then stands at the node behind the resistor. Returns their cards, bit i for card i.
template <class Body>
constexpr std::uint64_t find_stoppers(Body& body) noexcept
{
    const valve_cards cards{body};
    std::uint64_t found = 0;
    for (int i = 0; cards.are_few && i < cards.part_count; ++i) {
        const law_part& p = cards.parts[i];
        if (p.letter != 'r' || p.value.empty()) continue;
        const bool is_first = pin_of(body, p.a) >= 0;
        const std::string_view outer = is_first ? p.a : p.b, inner = is_first ? p.b : p.a;
        const int pin = pin_of(body, outer);
        if (pin < 0 || pin_of(body, inner) >= 0 || is_ground(inner) || cards.is_held(inner)) continue;
        if (is_of_sources(cards, outer) || !is_of_sources(cards, inner)) continue;
        body.set_pin(pin, inner);
        found |= std::uint64_t{1} << p.card;
    }
    return found;
}

}   // namespace phono::inline v0_2::detail
