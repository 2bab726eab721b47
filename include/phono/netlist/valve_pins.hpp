// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/valve_cards.hpp>
#include <phono/netlist/valve_current.hpp>

#include <string_view>

namespace phono::inline v0_2::detail {

/// True if a current source leads from one pin of a subcircuit to another.
template <class Body>
[[nodiscard]] constexpr bool has_source_between(const Body& body, const valve_cards& cards, int one, int other) noexcept
{
    for (int i = 0; i < cards.source_count; ++i) {
        const law_source& s = cards.sources[i];
        if (!s.is_voltage && is_between(body, s, one, other)) return true;
    }
    return false;
}
/// The same of any two pins.
template <class Body>
[[nodiscard]] constexpr bool has_source_between_pins(const Body& body, const valve_cards& cards) noexcept
{
    for (int one = 0; one < body.pins(); ++one)
        for (int other = one + 1; other < body.pins(); ++other)
            if (has_source_between(body, cards, one, other)) return true;
    return false;
}

/// Finds the electrodes by the names of a subcircuit's pins: p a plate anode, g g1 grid, k c cathode. Returns how many of the three have one.
template <class Body>
constexpr int pins_by_name(const Body& body, valve_pins& pins) noexcept
{
    constexpr struct {
        std::string_view name;
        int which;
    } names[] = {{"p", 0},  {"a", 0}, {"plate", 0}, {"anode", 0},   {"g", 1},       {"grid", 1},
                 {"g1", 1}, {"k", 2}, {"c", 2},     {"cathode", 2}, {"kathode", 2}, {"cath", 2}};
    int found = 0;
    int* const at[] = {&pins.plate, &pins.grid, &pins.cathode};
    bool is_found[3]{};
    for (int pin = 0; pin < body.pins(); ++pin)
        for (const auto& e : names)
            if (same_name(body.pin_name(pin), e.name) && !is_found[e.which]) is_found[e.which] = true, *at[e.which] = pin, ++found;
    return found;
}
/// True if a pin is that of a further grid, by its name.
template <class Body>
[[nodiscard]] constexpr bool has_screen_by_name(const Body& body) noexcept
{
    for (int pin = 0; pin < body.pins(); ++pin)
        for (const std::string_view name : {"g2", "s", "screen", "g3"})
            if (same_name(body.pin_name(pin), name)) return true;
    return false;
}
/// The same by its name or the number of pins.
template <class Body>
[[nodiscard]] constexpr bool has_screen(const Body& body) noexcept
{
    return has_screen_by_name(body) || body.pins() == 4 || body.pins() == 5;
}

/// True if no source touches a pin that is none of the three electrodes; one whose expression names it has no current that is known.
template <class Body>
[[nodiscard]] constexpr bool are_others_apart(const Body& body, const valve_cards& cards, const valve_pins& pins) noexcept
{
    for (int i = 0; i < cards.source_count; ++i) {
        const law_source& s = cards.sources[i];
        for (const std::string_view node : {s.a, s.b, s.plus, s.minus}) {
            const int pin = pin_of(body, node);
            if (pin >= 0 && pin != pins.plate && pin != pins.grid && pin != pins.cathode) return false;
        }
    }
    return true;
}

/// True for a source of a voltage from the cathode to a node within, in the place of one from ground.
template <class Body>
[[nodiscard]] constexpr bool is_on_cathode(const Body& body, const law_source& s, const valve_pins& pins) noexcept
{
    const int a = pin_of(body, s.a), b = pin_of(body, s.b);
    return s.is_voltage && ((a == pins.cathode && b < 0 && !is_ground(s.b)) || (b == pins.cathode && a < 0 && !is_ground(s.a)));
}
/// True for a node within that such a source leads to.
template <class Body>
[[nodiscard]] constexpr bool stands_on_cathode(const Body& body, const valve_cards& cards, std::string_view node,
                                               const valve_pins& pins) noexcept
{
    if (pin_of(body, node) >= 0) return false;
    for (int i = 0; i < cards.source_count; ++i)
        if (const law_source& s = cards.sources[i]; is_on_cathode(body, s, pins) && (same_name(s.a, node) || same_name(s.b, node)))
            return true;
    return false;
}
template <class Body>
[[nodiscard]] constexpr bool is_at_cathode(const Body& body, const valve_cards& cards, std::string_view node,
                                           const valve_pins& pins) noexcept
{
    return pin_of(body, node) == pins.cathode || stands_on_cathode(body, cards, node, pins);
}

/// True if all sources of current flow from plate or grid to cathode, or within.
template <class Body>
[[nodiscard]] constexpr bool are_sources_in_place(const Body& body, const valve_cards& cards, const valve_pins& pins) noexcept
{
    for (int i = 0; i < cards.source_count; ++i) {
        const law_source& s = cards.sources[i];
        if (is_on_cathode(body, s, pins)) continue;
        if (stands_on_cathode(body, cards, s.a, pins) || stands_on_cathode(body, cards, s.b, pins)) return false;   // a cathode's current
        const bool has_pin = pin_of(body, s.a) >= 0 || pin_of(body, s.b) >= 0;
        if (has_pin && (s.is_voltage || (!is_between(body, s, pins.plate, pins.cathode) && !is_between(body, s, pins.grid, pins.cathode))))
            return false;
    }
    return true;
}

}   // namespace phono::inline v0_2::detail
