// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <cstddef>
#include <limits>
#include <span>

namespace phono::inline v0_2::detail {

/// Decibels of a ratio of squared magnitudes, with the same bits on every machine.
[[nodiscard]] constexpr double decibels_of_squares(double ratio) noexcept
{
    return 4.34294481903251828 * math::detail::log_by_series(ratio);   // 10 / ln 10
}

/// The largest of |dB|, found from squared magnitudes at equal steps of a logarithmic axis: a parabola goes through the extremes.
[[nodiscard]] inline double largest_decibels(std::span<const double> squared, double nil) noexcept
{
    double low = squared[0], high = squared[0];
    for (std::size_t i = 0; i < squared.size(); ++i) {
        const double here = squared[i];
        if (!(here > 0.0) || !math::is_finite(here)) return std::numeric_limits<double>::quiet_NaN();
        double least = here, most = here;
        if (i > 0 && i + 1 < squared.size()) {
            const double before = squared[i - 1], after = squared[i + 1], slope = after - before, bend = before - 2.0 * here + after;
            if ((here <= before && here <= after) || (here >= before && here >= after)) {
                const double there = bend < 0.0 || bend > 0.0 ? here - 0.125 * slope * slope / bend : here;
                least = there < least ? there : least;
                most = there > most ? there : most;
            }
        }
        low = least < low ? least : low;
        high = most > high ? most : high;
    }
    const double down = decibels_of_squares(nil / low), up = decibels_of_squares(high / nil);
    return down > up ? down : up;
}

}   // namespace phono::inline v0_2::detail
