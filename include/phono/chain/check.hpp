// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/elaborate.hpp>
#include <phono/circuit/ideal_curves.hpp>

namespace phono {

/// The sampling rates that a preamp runs at.
inline constexpr frequency lowest_rate{8e3};
inline constexpr frequency highest_rate{768e3};

namespace detail {

[[nodiscard]] constexpr fault rate_fault(frequency rate) noexcept
{
    if (rate.si >= lowest_rate.si && rate.si <= highest_rate.si) return {};
    static_assert(lowest_rate == frequency{8e3} && highest_rate == frequency{768e3}, "the sentence says so");
    return {"sampling rate", rate.si, "must lie between 8 kHz and 768 kHz", -1, "Hz"};
}

/// Not constexpr: the compiler names it where a constant schematic or its rate is wrong.
inline void phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why() {}

}   // namespace detail

/// What is wrong with a schematic, the part, its value and the rule that it breaks, or a fault that is false if a preamp can be made of it:
///
///     if (const fault found = check(schematic)) std::cerr << to_string(found);
///
/// Of a schematic with triodes it tells what a tube_preamp would refuse too, such as a curve between triodes, but for one thing that is
/// too dear: more than five equal sections in a row, whose modes cannot be told apart. tube_preamp::problem() tells of those.
template <class... Block>
[[nodiscard]] constexpr fault check(const chain<Block...>& schematic) noexcept
{
    const circuit held{schematic};
    const fault found = analyse(held).problem;
    if constexpr (decltype(held)::capacity.triodes > 0 && decltype(held)::capacity.factors > 0)
        if (!found) return detail::find_ideal_curves(held.netlist()).problem;
    return found;
}

/// The same for a schematic at a sampling rate.
template <class... Block>
[[nodiscard]] constexpr fault check(const chain<Block...>& schematic, frequency rate) noexcept
{
    const fault found = check(schematic);
    return found ? found : detail::rate_fault(rate);
}

}   // namespace phono
