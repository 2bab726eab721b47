// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/groove_signal.hpp>

namespace phono::inline v0_2 {

/// By what noise is weighted before it is summed: each weight is 0 dB at 1 kHz.
///
/// by_riaa is for a stage without equaliser, whose noise a RIAA stage behind it will shape; by_a is the A weighting of sound level meters.
/// Source: IEC 61672-1:2013, Annex E: poles at 20.60 (twice), 107.7, 737.9 and 12194 Hz (twice), zeros at 0 Hz.
enum class noise_weight { unweighted, by_riaa, by_a, by_riaa_and_a };

namespace detail {

/// Power of the A weighting re 1 kHz.
[[nodiscard]] constexpr double a_power(double hertz) noexcept
{
    const auto unscaled = [](double f) {
        const auto pole = [f](double corner) { return f * f / (f * f + corner * corner); };
        const double treble = 12194.217 * 12194.217 / (f * f + 12194.217 * 12194.217);
        const double bass = pole(20.598997);
        return bass * bass * pole(107.65265) * pole(737.86223) * treble * treble;
    };
    return unscaled(hertz) / unscaled(1e3);
}

/// The power by which noise at a frequency counts.
[[nodiscard]] constexpr double power_of(noise_weight weight, double hertz) noexcept
{
    double power = 1.0;
    if (weight == noise_weight::by_riaa || weight == noise_weight::by_riaa_and_a) power *= riaa_power(hertz);
    if (weight == noise_weight::by_a || weight == noise_weight::by_riaa_and_a) power *= a_power(hertz);
    return power;
}

}   // namespace detail

}   // namespace phono::inline v0_2
