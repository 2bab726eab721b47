// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>

#include <optional>

namespace phono {

inline constexpr frequency lowest_rate{8e3};
inline constexpr frequency highest_rate{768e3};

namespace detail {

constexpr fault rate_fault(frequency rate) noexcept
{
    if (rate.si >= lowest_rate.si && rate.si <= highest_rate.si) return {};
    return {"sampling rate", rate.si, "must lie between 8 kHz and 768 kHz", -1};
}

/// Not constexpr: the compiler names it where a constant schematic or its rate is wrong.
inline void phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why() {}

}   // namespace detail

/// Nothing if a preamp can be made of a schematic, or what is wrong: the part, its value, and the rule that it breaks.
template <class... Block>
constexpr std::optional<fault> check(const chain<Block...>& schematic) noexcept
{
    const fault found = analyse(schematic).problem;
    return found ? std::optional<fault>{found} : std::nullopt;
}

/// The same for a schematic at a sampling rate.
template <class... Block>
constexpr std::optional<fault> check(const chain<Block...>& schematic, frequency rate) noexcept
{
    if (const auto found = check(schematic)) return found;
    const fault found = detail::rate_fault(rate);
    return found ? std::optional<fault>{found} : std::nullopt;
}

}   // namespace phono
