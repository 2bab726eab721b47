// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

namespace phono::inline v0_2::detail {

/// Integrals over a band of frequencies of many densities at once, to 1e-10 of the sum of all of them.
///
/// `densities(hertz, values)` writes the densities per hertz at a frequency. Half decades of the logarithmic frequency are integrated by
/// the rule of Gauss and Kronrod of 7 and 15 points, and halved where the two do not agree: at a resonance. Each integral is added to its
/// entry of `sums`; `room` has room for as many numbers twice. Range: 0 < from < to.
///
/// Source: A. S. Kronrod, Nodes and weights of quadrature formulas, 1965; error estimate: R. Piessens et al., QUADPACK, 1983, QK15.
constexpr void integrate_band(const auto& densities, int count, double from, double to, double* sums, double* room) noexcept
{
    constexpr double node[8]{0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                             0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                             0.586087235467691130294144691693131, 0.405845151377397166906606412076961,
                             0.207784955007898467600689403773245, 0.0};
    constexpr double weight[8]{0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
                               0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
                               0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
                               0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
    constexpr double inner_weight[4]{0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
                                     0.381830050505118944950369775488975, 0.417959183673469387755102040816327};
    constexpr double half_decade = 1.1512925464970228, accuracy = 1e-11;
    constexpr int most_halvings = 20;
    const double begin = math::log(from), span = math::log(to) - begin;
    const int panels = 1 + static_cast<int>(span / half_decade - 1e-9);
    double* const values = room;
    double* const panel = room + count;
    double found = 0.0;
    for (int i = 0; i < panels; ++i) {
        // The panel is walked from left to right in steps of a width that is halved where need be and doubled as the place allows.
        int halvings = 0;
        long long place = 0;   // in units of the present width
        while (place < (1LL << halvings)) {
            const double width = span / panels / static_cast<double>(1LL << halvings), half = 0.5 * width;
            const double middle = begin + span * i / panels + width * static_cast<double>(place) + half;
            double sum = 0.0, inner = 0.0;
            for (int k = 0; k < count; ++k) panel[k] = 0.0;
            for (int n = 0; n < 15; ++n) {
                const int at = n < 8 ? n : 14 - n;
                const double hertz = math::exp(middle + (n < 8 ? -half : half) * node[at]), share = weight[at] * half * hertz;
                densities(hertz, values);
                double all = 0.0;
                for (int k = 0; k < count; ++k) panel[k] += share * values[k], all += values[k];
                sum += share * all;
                if (at % 2 == 1) inner += inner_weight[at / 2] * half * hertz * all;
            }
            const double off = math::abs(sum - inner) * 200.0 / sum;
            const bool is_apart = off * math::sqrt(off) * sum > accuracy * (found + sum);   // false for densities of 0 and NaN
            if (is_apart && halvings < most_halvings) {
                ++halvings, place *= 2;
                continue;
            }
            found += sum;
            for (int k = 0; k < count; ++k) sums[k] += panel[k];
            for (++place; halvings > 0 && place % 2 == 0; place /= 2) --halvings;
        }
    }
}

}   // namespace phono::inline v0_2::detail
