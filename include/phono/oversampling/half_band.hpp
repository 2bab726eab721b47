// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

namespace phono::inline v0_2::detail {

/// The modified Bessel function I0, for arguments up to about 20.
constexpr double bessel_i0(double x) noexcept
{
    double term = 1.0, sum = 1.0;
    for (int k = 1; term > sum * 1e-18; ++k) {
        const double r = x / (2.0 * k);
        term *= r * r;
        sum += term;
    }
    return sum;
}

/// A linear-phase half-band low-pass for halving and doubling a sampling rate: the ideal one under a Kaiser window.
///
///     H(z) = z^-(2 pairs - 1) (1/2 + sum of h(d) (z^d + z^-d), d = 1, 3, .. 2 pairs - 1)
///     h(d) = sin(pi d/2)/(pi d) * I0(shape sqrt(1 - (d/(2 pairs))^2)) / I0(shape)
///
/// Every second tap but the middle one is zero, so that H at a frequency and at half the rate minus that frequency add up to 1: a passband
/// error of e is a stopband rejection to e at the mirrored frequency. The window is preferred to an equiripple design, which would be a few
/// taps shorter, because it is in closed form and its error falls away from the band's edge.
///
/// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", ISCAS 1974.
struct half_band {
    int pairs = 0;        ///< of non-zero taps
    double shape = 0.0;   ///< beta of the window: the higher, the less ripple and the wider the transition

    /// Twice the tap at the odd distance d from the middle one.
    [[nodiscard]] constexpr double twice_tap(int d) const noexcept
    {
        const double sign = d % 4 == 1 ? 1.0 : -1.0;
        const double t = d / (2.0 * pairs);
        return sign * 2.0 / (math::pi * d) * bessel_i0(shape * math::sqrt(1.0 - t * t)) / bessel_i0(shape);
    }

    /// Twice the response at a frequency in radians per sample of the higher rate, without its delay of 2 pairs - 1 samples: a real number.
    [[nodiscard]] constexpr double twice_response(double angle) const noexcept
    {
        double sum = 1.0;
        for (int d = 1; d < 2 * pairs; d += 2) sum += 2.0 * twice_tap(d) * math::cos(d * angle);
        return sum;
    }
};

/// Between a base rate and its double: flat within 4.3e-7 from 0 to 20 kHz at 44.1 kHz, the same rejection (127 dB) from 24.1 kHz on.
inline constexpr half_band narrow_half_band{.pairs = 45, .shape = 13.14};

/// Between twice and four times the base rate, where nothing above that band has to be kept: within 4.7e-8 (146 dB) there.
inline constexpr half_band wide_half_band{.pairs = 9, .shape = 15.44};

}   // namespace phono::inline v0_2::detail
