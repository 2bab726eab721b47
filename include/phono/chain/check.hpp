// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/elaborate.hpp>
#include <phono/circuit/ideal_curves.hpp>

namespace phono::inline v0_2 {

/// The lowest sampling rate at which a preamp runs.
inline constexpr frequency lowest_rate{8e3};
/// The highest sampling rate at which a preamp runs.
inline constexpr frequency highest_rate{768e3};

namespace detail {

[[nodiscard]] constexpr fault rate_fault(frequency rate) noexcept
{
    if (rate.si >= lowest_rate.si && rate.si <= highest_rate.si) return {};
    static_assert(lowest_rate == frequency{8e3} && highest_rate == frequency{768e3}, "the fault text states this range");
    return {"sampling rate", rate.si, "must lie between 8 kHz and 768 kHz", -1, "Hz"};
}

/// Not constexpr: the compiler names it where a constant schematic or its rate is wrong.
inline void phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why() {}

}   // namespace detail

/// The first fault of a schematic: the part, its value and the rule that it breaks. It is false if a preamp can be made from the schematic:
///
///     if (const fault found = check(schematic)) std::cerr << to_string(found);
///
/// For a schematic with triodes it also reports what a tube_preamp rejects, such as a curve between triodes, except what is too costly to
/// check here: six or more equal sections in a row, whose modes cannot be told apart. tube_preamp::problem() reports those.
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

}   // namespace phono::inline v0_2
