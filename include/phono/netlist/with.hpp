// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>
#include <phono/netlist/netlist.hpp>
#include <phono/units.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// The letter of the parts whose values have this type; a bare number is that of a controlled source or a coupling.
template <class Value>
[[nodiscard]] constexpr bool is_value_of(char letter) noexcept
{
    switch (letter) {
        case 'R':
        case 'H': return std::is_same_v<Value, resistance>;
        case 'C': return std::is_same_v<Value, capacitance>;
        case 'L': return std::is_same_v<Value, inductance>;
        case 'V': return std::is_same_v<Value, voltage>;
        case 'I': return std::is_same_v<Value, current>;
        default: return std::is_arithmetic_v<Value>;
    }
}
template <class Value>
[[nodiscard]] constexpr double number_in(Value value) noexcept
{
    if constexpr (std::is_arithmetic_v<Value>) return static_cast<double>(value);
    else return value.si;
}

template <class Block>
inline constexpr bool is_netlist = false;
template <fixed_text text, fixed_text input, fixed_text output>
inline constexpr bool is_netlist<netlist<text, input, output>> = true;

/// True for a netlist that has a part of this name.
template <class Block, fixed_text part>
[[nodiscard]] constexpr bool has_part() noexcept
{
    if constexpr (is_netlist<Block>) return Block::find_value(part) >= 0;
    else return false;
}

template <fixed_text part, class Block, class Value>
constexpr void set_part(Block& block, Value value) noexcept
{
    if constexpr (has_part<Block, part>()) {
        constexpr int place = Block::find_value(part);
        constexpr bool fits = is_value_of<Value>(Block::unit_of_value(place));
        static_assert(fits,
                      "phono: this is no value of that part: a resistor has one in ohms, a capacitor in farads, an inductor in henries, a "
                      "source in volts or amperes, a controlled source or a coupling a bare number");
        if constexpr (fits) block.values[place].value = number_in(value);
    }
}

template <fixed_text part, class Items, class Value>
constexpr void set_parts(Items& items, Value value) noexcept
{
    if constexpr (Items::size > 0) {
        set_part<part>(items.head, value);
        set_parts<part>(items.tail, value);
    }
}

}   // namespace detail

/// The same netlist with another value of a part: with<"R5">(stage, 47_kOhm), with<"X1.C2">(stage, 1_nF).
template <detail::fixed_text part, detail::fixed_text text, detail::fixed_text input, detail::fixed_text output, class Value>
[[nodiscard]] constexpr auto with(netlist<text, input, output> stage, Value value) noexcept
{
    constexpr bool exists = detail::has_part<netlist<text, input, output>, part>();
    static_assert(exists,
                  "phono: the netlist has no part of that name with a value that can be set (its cards R C L V I E G F H and K have)");
    if constexpr (exists) detail::set_part<part>(stage, value);
    return stage;
}

/// The same schematic with another value of a part of its netlists, of each that has it.
template <detail::fixed_text part, class... Block, class Value>
[[nodiscard]] constexpr auto with(chain<Block...> schematic, Value value) noexcept
{
    constexpr bool exists = (detail::has_part<Block, part>() || ...);
    static_assert(exists, "phono: no netlist of the chain has a part of that name with a value that can be set");
    if constexpr (exists) detail::set_parts<part>(schematic.blocks, value);
    return schematic;
}

}   // namespace phono::inline v0_2
