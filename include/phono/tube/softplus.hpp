// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

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

/// x^n for x > 0.
[[nodiscard]] constexpr double power(double x, double n) noexcept { return math::exp(n * math::log(x)); }

}   // namespace phono::inline v0_2::detail
