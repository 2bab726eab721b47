// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/digital_filter.hpp>
#include <phono/filter/magnitude_fit.hpp>

namespace phono::inline v0_2::detail {

/// The numerator, the guard poles and the gain that give a filter the power |H|^2 at a band's nodes.
///
/// Starts with all guard poles and the full degree; if a polynomial turns out negative somewhere on the unit circle, the next simpler one
/// is tried.
struct guarded_fit {
    math::roots zeros{};
    math::roots guards{};
    double gain = 0.0;
    int rungs = 0;        ///< attempts that failed before this one
    bool found = false;   ///< false if every attempt failed: for a power that is zero or not a number, say

    /// The degree is the number of guard poles plus `extra_degree`, which may be negative.
    constexpr guarded_fit(const fit_band& band, const double (&power)[fit_band::nodes], int extra_degree) noexcept
    {
        for (int count = band.guards; count >= 0 && !found; --count) {
            double guarded[fit_band::nodes]{};
            for (int j = 0; j < fit_band::nodes; ++j) guarded[j] = power[j] * band.guard_power[count][j];
            int degree = count + extra_degree;
            degree = degree < 0 ? 0 : degree > fit_band::highest_degree ? fit_band::highest_degree : degree;
            for (; degree >= 0 && !found; --degree) {
                correction fitted;
                if (magnitude_fit{band, guarded, degree}.factor(fitted)) take(fitted, band, count);
                else ++rungs;
            }
        }
    }

private:
    constexpr void take(const correction& fitted, const fit_band& band, int count) noexcept
    {
        double zeros_at_dc = 1.0;
        for (const math::complex z : fitted.zeros) zeros_at_dc *= digital_filter::factor({1.0}, z).re;
        zeros = fitted.zeros;
        for (int i = 0; i < count; ++i) guards.add({band.guard[i]});
        gain = math::sqrt(fitted.dc_power) / math::abs(zeros_at_dc);
        found = true;
    }
};

/// The fault of a filter whose magnitude could not be fitted.
inline constexpr fault unfitted{"filter", {}, "must have a magnitude that is finite and above zero throughout the band", -1};

}   // namespace phono::inline v0_2::detail
