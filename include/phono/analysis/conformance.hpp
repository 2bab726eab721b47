// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/band_scan.hpp>
#include <phono/chain/response.hpp>
#include <phono/equaliser/curve.hpp>

#include <limits>

namespace phono::inline v0_2 {

/// How far a response departs from a curve, both normalised to 0 dB at the reference frequency.
struct curve_deviation {
    gain lowest{};   ///< the most that the response lies below the curve
    frequency lowest_at{};
    gain highest{};   ///< the most that it lies above
    frequency highest_at{};

    /// True if the response departs further below the curve than above it.
    [[nodiscard]] constexpr bool lowest_is_worst() const noexcept { return -lowest.decibels > highest.decibels; }
    /// The larger of the two departures, with its sign.
    [[nodiscard]] constexpr gain worst() const noexcept { return lowest_is_worst() ? lowest : highest; }
    /// The frequency of worst().
    [[nodiscard]] constexpr frequency worst_at() const noexcept { return lowest_is_worst() ? lowest_at : highest_at; }
};

namespace detail {

[[nodiscard]] constexpr curve_deviation no_deviation() noexcept
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {gain{nan}, frequency{nan}, gain{nan}, frequency{nan}};
}

/// The extremes over a band of a squared magnitude, a function of frequency in hertz, relative to its value at the reference.
[[nodiscard]] constexpr curve_deviation deviation_of(const auto& ratio, double from, double to, double reference) noexcept
{
    constexpr double per_octave = 16.0;
    if (!(to / from <= 1e300)) return no_deviation();   // there is no number of steps
    const int steps = 1 + static_cast<int>(per_octave * math::log(to / from) / math::ln2);
    const band_scan scan{ratio, from, to, steps};
    const double nil = ratio(reference);
    if (!scan.is_positive() || !math::is_finite(nil) || !(nil > 0.0)) return no_deviation();
    const extreme low = scan.lowest(), high = scan.highest();
    return {gain{0.5 * math::decibels(low.value / nil)}, frequency{low.hertz}, gain{0.5 * math::decibels(high.value / nil)},
            frequency{high.hertz}};
}

}   // namespace detail

/// How closely a schematic follows a curve between two frequencies, both normalised to 0 dB at the reference. For a whole preamp this
/// includes the cartridge and its loading; without_cartridge() leaves them out.
///
/// Accuracy: 16 points per octave, with the extremes refined; the height of a resonance with a Q of up to 10 is found to 1e-9 dB. Can be
/// evaluated at compile time.
/// Errors: NaN where the schematic has a fault or no output, or the band is not 0 < from < to, or from less than
/// 1e-300 of to.
template <class... Block>
[[nodiscard]] constexpr curve_deviation conformance(const chain<Block...>& schematic, const curve& wanted, frequency from = frequency{20.0},
                                                    frequency to = frequency{20e3}, frequency reference = frequency{1000.0}) noexcept
{
    const auto model = analyse(schematic);
    if (model.problem || !(from.si > 0.0 && from < to && math::is_finite(to.si))) return detail::no_deviation();
    math::rational deviation = model.total();
    deviation *= wanted.transfer().reciprocal();
    const auto ratio = [&](double hertz) { return math::norm(deviation(detail::on_axis(frequency{hertz}))); };
    return detail::deviation_of(ratio, from.si, to.si, reference.si);
}

/// The largest departure of a schematic from a curve, without its sign: static_assert(worst_deviation(stage, riaa) < 0.2_dB).
/// As for conformance(); NaN, which is below nothing, where that is.
template <class... Block>
[[nodiscard]] constexpr gain worst_deviation(const chain<Block...>& schematic, const curve& wanted, frequency from = frequency{20.0},
                                             frequency to = frequency{20e3}, frequency reference = frequency{1000.0}) noexcept
{
    return gain{math::abs(conformance(schematic, wanted, from, to, reference).worst().decibels)};
}

}   // namespace phono::inline v0_2
