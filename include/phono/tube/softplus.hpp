// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>
#include <phono/math/elementary_lanes.hpp>

namespace phono::inline v0_2::detail {

/// A function value and its derivative.
struct with_slope {
    double value, slope;
};

/// ln(1 + e^x): a ramp with a rounded corner. Its tail is held at 1e-18, so that a quotient with it is never 0/0.
[[nodiscard]] constexpr with_slope softplus(double x) noexcept
{
    constexpr double tail_end = -41.4465316738928242;   // ln 1e-18
    if (x > 40.0) return {x, 1.0};
    if (x < tail_end) return {1e-18, 0.0};
    const double e = math::exp(x);
    return {math::log1p(e), e / (1.0 + e)};
}

/// The same of several numbers side by side.
template <int N>
struct lanes_with_slope {
    math::lanes<N> value, slope;
};
template <int N>
[[nodiscard, gnu::always_inline]] inline lanes_with_slope<N> softplus(const math::lanes<N>& x) noexcept
{
    using numbers = math::lanes<N>;
    const numbers zero{}, one = numbers::all(1.0), tail_end = numbers::all(-41.4465316738928242);   // ln 1e-18
    // Where the tail is held anyway, e is too: its powers are not to be subnormal and slow.
    const numbers e = exp(max(-1.0 * abs(x), tail_end)), share = one / (one + e);
    const numbers value = max(x, zero) + log1p_of_share(e), slope = where_above(x, zero, share, e * share);
    return {where_above(x, tail_end, value, numbers::all(1e-18)), where_above(x, tail_end, slope, zero)};
}

/// x^n for x > 0.
[[nodiscard]] constexpr double power(double x, double n) noexcept { return math::exp(n * math::log(x)); }
template <int N>
[[nodiscard, gnu::always_inline]] inline math::lanes<N> power(const math::lanes<N>& x, const math::lanes<N>& n) noexcept
{
    return exp(n * log(x));
}

}   // namespace phono::inline v0_2::detail
