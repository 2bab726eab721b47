// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_scan.hpp>
#include <phono/chain/response.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// A gain and the frequency at which it occurs.
struct gain_at {
    phono::gain gain{};
    phono::frequency frequency{};
};

/// The lowest gain of a schematic between two frequencies: the floor below which a feedback network cannot take a non-inverting stage.
///
/// Accuracy: a thousandth of an octave in the frequency of a smooth response; 1e-6 dB in the gain. Can be evaluated at compile time.
/// Errors: NaN where a part is out of its range, the circuit has no solution or the band is not 0 < from < to. Unlike check(), it requires
/// neither a DC path nor stability: an ideal amplifier with a capacitor for zf has a floor.
template <class... Block>
[[nodiscard]] constexpr gain_at minimum_gain(const chain<Block...>& schematic, frequency from, frequency to) noexcept
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (!(from.si > 0.0 && from < to && math::is_finite(to.si))) return {gain{nan}, frequency{nan}};
    const math::rational h = poles_zeros(schematic);
    if (!math::is_finite(h.gain)) return {gain{nan}, frequency{nan}};
    const auto level = [&](double hertz) { return math::norm(h(detail::on_axis(frequency{hertz}))); };
    constexpr int steps = 400;
    const detail::extreme least = detail::band_scan{level, from.si, to.si, steps}.lowest();
    return {gain{0.5 * math::decibels(least.value)}, frequency{least.hertz}};
}

}   // namespace phono::inline v0_2
