// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2::detail {

/// The band in which a magnitude is fitted, from DC to a fraction `edge` of half the rate, and the guard poles that suit it.
///
/// Nodes u_j = cos(pi (j + 1/2)/n); u = 1 is DC, u = -1 the edge. h = sin^2(w/2) is stored instead of cos w, because it keeps its relative
/// accuracy near DC. The guard poles were optimised once over generic first- and second-order responses.
///
/// The nodes lie symmetrically, u_(n-1-j) = -u_j, so that Chebyshev polynomials of even and odd degree are stored for the first half alone.
/// They go to twice the highest degree, since products of two are needed: 2 T_i T_k = T_(i+k) + T_|i-k|.
struct fit_band {
    static constexpr int nodes = 32, half = nodes / 2;
    static constexpr int most_guards = 3;
    static constexpr int highest_degree = 9;
    static constexpr int terms = highest_degree + 1;   ///< even degrees to 2 highest_degree, and as many odd ones

    double edge;   ///< of half the rate
    int guards;
    double guard[most_guards];
    double span = 0.0;   ///< sin^2 of half the edge's angle: h = span (1 - u)/2
    double h[nodes]{};
    double w[nodes]{};                              ///< radians per sample
    double sine[nodes]{}, cosine[nodes]{};          ///< of w/2
    double even[half][terms]{};                     ///< T_2k(u_j)
    double odd[half][terms]{};                      ///< T_2k+1(u_j)
    double start[most_guards]{};                    ///< where, in u, a root of the fit usually lies for each guard pole, about
    double guard_power[most_guards + 1][nodes]{};   ///< |1 - guard/z|^2, multiplied for the first so many guard poles

    constexpr fit_band(double edge_of_nyquist, int guard_count, double g0, double g1, double g2) noexcept
        : edge(edge_of_nyquist), guards(guard_count), guard{g0, g1, g2}
    {
        span = 0.5 * (1.0 - math::cos(edge * math::pi));
        double last = 0.0;
        for (int i = 0; i < guards; ++i) {   // beyond the edge, between this guard pole and the last
            const double beyond = -0.5 * (1.0 - guard[i]) * (1.0 - guard[i]) / (span * guard[i]) - 2.0;
            start[i] = -1.0 - (i == 0 ? beyond : math::sqrt(beyond * last));
            last = beyond;
        }
        for (int j = 0; j < half; ++j) {
            const double u = math::cos(math::pi * (j + 0.5) / nodes);
            take(j, u);
            take(nodes - 1 - j, -u);
            even[j][0] = 1.0;
            odd[j][0] = u;
            for (int k = 1; k < terms; ++k) {
                even[j][k] = 2.0 * u * odd[j][k - 1] - even[j][k - 1];
                odd[j][k] = 2.0 * u * even[j][k] - odd[j][k - 1];
            }
        }
    }

private:
    constexpr void take(int j, double u) noexcept
    {
        h[j] = 0.5 * span * (1.0 - u);
        sine[j] = math::sqrt(h[j]);
        cosine[j] = math::sqrt(1.0 - h[j]);
        w[j] = 2.0 * math::asin(sine[j]);
        guard_power[0][j] = 1.0;
        for (int i = 0; i < guards; ++i)
            guard_power[i + 1][j] = guard_power[i][j] * ((1.0 - guard[i]) * (1.0 - guard[i]) + 4.0 * guard[i] * h[j]);
    }
};

/// The top of the band in which a filter is held to its circuit, as a fraction of half the rate: 20 kHz at 44.1 kHz.
inline constexpr double band_edge = 0.907;

/// The top of that band in hertz: 20 kHz, or 0.4535 of a rate below 44.1 kHz.
[[nodiscard]] constexpr double top_of_band(frequency rate) noexcept
{
    const double edge = 0.5 * band_edge * rate.si;
    return edge < 20e3 ? edge : 20e3;
}

/// Below 80 kHz the fit must reach 20 kHz at 44.1 kHz; above, the lower half of the band holds all that is audible, and is fitted more
/// closely.
inline constexpr fit_band wide_fit_band{band_edge, 3, -0.757, -0.4646, -0.1479};
inline constexpr fit_band narrow_fit_band{0.5, 2, -0.3907, -0.0928, 0.0};

[[nodiscard]] constexpr const fit_band& band_for(double rate) noexcept { return rate < 80e3 ? wide_fit_band : narrow_fit_band; }

}   // namespace phono::inline v0_2::detail
