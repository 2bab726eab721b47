// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/tube/softplus.hpp>

namespace phono::inline v0_2::detail {

/// Solves w + ln w = x; w is Lambert's W of e^x. An initial value as R. Iacono and J. Boyd have it, New approximations to the principal
/// real-valued branch of the Lambert W-function, Adv. Comput. Math. 43, 2017, but within 5e-4, then a fourth-order step of F. Fritsch, R.
/// Shafer, W. Crowley, CACM 16(2), 1973, which leaves rounding.
[[nodiscard]] constexpr double lambert(double x) noexcept
{
    if (x < -12.0) {
        const double e = math::exp(x);
        return e * (1.0 - e + 1.5 * e * e);
    }
    // The initial value: s less a share of ln(1 + s) which is 1/2 for small s and near 1/s for large s; a rational function of least
    // error, by trial.
    const double s = softplus(x).value;
    const double over = 1.0 + s * (0.9339 + 0.2267 * s), under = 2.0 + s * (3.544 + s * (1.1786 + 0.2267 * s));
    const double w = s * (1.0 - math::log1p(s) * over / under);
    const double off = x - w - math::log(w), next = 1.0 + w, q = 2.0 * next * (next + (2.0 / 3.0) * off);
    return w * (1.0 + off * (q - off) / (next * (q - 2.0 * off)));
}

/// w above 0, e^-w below, which is w over e^x.
inline constexpr math::octave_table lambert_table{[](double x, double outwards) {
    using series = math::octave_table::series;
    constexpr int last = math::octave_table::terms + 1;
    series w, below;   // (1 + w) w' = w, below' = -below w'
    w.term[0] = lambert(x > -80.0 ? x : -80.0);
    if (outwards < 0.0) below.term[0] = math::exp(-w.term[0]);
    for (int n = 0; n < last; ++n) {
        double rest = w.term[n], change = 0.0;
        for (int k = 0; k < n; ++k) rest -= (k + 1) * w.term[k + 1] * w.term[n - k];
        w.term[n + 1] = rest / (1.0 + w.term[0]) / (n + 1);
        for (int k = 0; k <= n && outwards < 0.0; ++k) change -= (k + 1) * w.term[k + 1] * below.term[n - k];
        below.term[n + 1] = change / (n + 1);
    }
    if (outwards > 0.0) return w;
    for (int n = 1; n <= last; n += 2) below.term[n] = -below.term[n];
    return below;
}};

/// The same of numbers side by side, held at e^-80: slopes that are no normal numbers would slow down what computes with them.
template <int N>
[[nodiscard, gnu::always_inline]] inline math::lanes<N> lambert(const math::lanes<N>& x) noexcept
{
    using numbers = math::lanes<N>;
    const numbers zero{}, least = numbers::all(-80.0), inside = max(x, least);
    numbers w, slope;
    lambert_table(inside, w, slope);
    w = w * exp(where_above(zero, inside, inside, zero));
    if (places_at_most(x, math::octave_table::end) != numbers::everywhere) [[unlikely]]
        for (int n = 0; n < N; ++n)
            if (x[n] > math::octave_table::end) w.set(n, lambert(x[n]));
    return w;
}

}   // namespace phono::inline v0_2::detail
