// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/elementary_lanes.hpp>
#include <phono/math/octave_table.hpp>

namespace phono::inline v0_2::detail {

/// A function value and its derivative.
struct with_slope {
    double value, slope;
};

/// Below this, ln(1 + e^x) is held at 1e-18: ln 1e-18.
inline constexpr double softplus_tail_end = -41.4465316738928242;

/// ln(1 + e^x): a ramp with a rounded corner. Its tail is held at 1e-18, so that a quotient with it is never 0/0.
[[nodiscard]] constexpr with_slope softplus(double x) noexcept
{
    if (x > 40.0) return {x, 1.0};
    if (x < softplus_tail_end) return {1e-18, 0.0};
    const double e = math::exp(x);
    return {math::log1p(e), e / (1.0 + e)};
}

/// ln ln(1 + e^x), which is all that a power of a ramp needs.
inline constexpr math::octave_table log_softplus_table{[](double x, double outwards) {
    using series = math::octave_table::series;
    constexpr int last = math::octave_table::terms + 1;
    series share, ramp, result;   // share = e^x/(1 + e^x), share' = share (1 - share), ramp' = share, result' = share/ramp
    const with_slope first = softplus(x);
    share.term[0] = first.slope, ramp.term[0] = first.value, result.term[0] = math::log(first.value);
    for (int n = 0; n < last; ++n) {
        double square = 0.0, quotient = share.term[n];
        for (int k = 0; k <= n; ++k) square += share.term[k] * share.term[n - k];
        for (int k = 0; k < n; ++k) quotient -= (k + 1) * result.term[k + 1] * ramp.term[n - k];
        share.term[n + 1] = (share.term[n] - square) / (n + 1);
        ramp.term[n + 1] = share.term[n] / (n + 1);
        result.term[n + 1] = quotient / ramp.term[0] / (n + 1);
    }
    for (int n = 1; n <= last; n += 2) result.term[n] *= outwards;
    return result;
}};

/// Logarithms of softplus(x) side by side, and their derivatives.
template <int N>
struct lanes_with_slope {
    math::lanes<N> value, slope;
};
template <int N>
[[nodiscard, gnu::always_inline]] inline lanes_with_slope<N> log_softplus(const math::lanes<N>& x) noexcept
{
    using numbers = math::lanes<N>;
    constexpr double end = math::octave_table::end;
    const numbers tail_end = numbers::all(softplus_tail_end), zero{};
    lanes_with_slope<N> s;
    log_softplus_table(max(x, tail_end), s.value, s.slope);
    s.slope = where_above(x, tail_end, s.slope, zero);
    if (places_at_most(x, end) != numbers::everywhere) [[unlikely]] {
        const numbers one = numbers::all(1.0), ends = numbers::all(end), ramp = max(x, ends);
        s.value = where_above(x, ends, log(ramp), s.value), s.slope = where_above(x, ends, one / ramp, s.slope);
    }
    return s;
}

/// x^n for x > 0.
[[nodiscard]] constexpr double power(double x, double n) noexcept { return math::exp(n * math::log(x)); }

}   // namespace phono::inline v0_2::detail
