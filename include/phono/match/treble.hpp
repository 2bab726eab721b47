// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_scan.hpp>
#include <phono/chain/response.hpp>

#include <limits>

/// The measures of a cartridge's treble, all relative to 1 kHz.
namespace phono::inline v0_2::detail {

inline constexpr frequency match_middle{1e3}, match_treble{20e3};

/// A schematic's gain at 20 kHz over that at 1 kHz.
[[nodiscard]] constexpr gain treble(const auto& schematic) noexcept
{
    const circuit held{schematic};
    const auto level = [&](frequency f) { return math::norm(direct_response(held, on_axis(f))); };
    return gain{0.5 * math::decibels(level(match_treble) / level(match_middle))};
}

/// A schematic's squared magnitude as a function of frequency: by its nodal equations, which hold for any values; at compile time, where
/// evaluation steps are limited, by its poles and zeros.
[[nodiscard]] constexpr auto power(const auto& schematic) noexcept
{
    math::rational roots;
    if (math::is_constant_evaluated()) roots = poles_zeros(schematic);
    return [held = circuit{schematic}, roots](frequency f) {
        if (math::is_constant_evaluated()) return math::norm(roots(on_axis(f)));
        return math::norm(direct_response(held, on_axis(f)));
    };
}

/// The first frequency above 1 kHz where a squared magnitude is half of that at 1 kHz.
[[nodiscard]] constexpr frequency half_power(const auto& level) noexcept
{
    constexpr double step = 1.0746078283213174;   // 32 to the decade
    const double half = 0.5 * level(match_middle);
    double low = match_middle.si, high = low * step;
    for (; level(frequency{high}) > half; low = high, high *= step)
        if (high > 1e12) return frequency{std::numeric_limits<double>::infinity()};
    for (int i = 0; i < 48; ++i) {
        const double middle = 0.5 * (low + high);
        (level(frequency{middle}) > half ? low : high) = middle;
    }
    return frequency{0.5 * (low + high)};
}

/// The highest level of a squared magnitude re 1 kHz, from 1 kHz to 20 kHz.
[[nodiscard]] constexpr gain highest(const auto& level) noexcept
{
    constexpr int steps = 64;
    const auto at = [&](double hertz) { return level(frequency{hertz}); };
    const extreme most = band_scan{at, match_middle.si, match_treble.si, steps}.highest();
    return gain{0.5 * math::decibels(most.value / at(match_middle.si))};
}

}   // namespace phono::inline v0_2::detail
