// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <cstdint>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

/// The functions of a netlist's expressions, with the same bits in a constant expression and at run time: those of math/elementary.hpp are the C
/// library's at run time. NaN where a function has no finite value. Accurate to some units in the last place; powers with whole exponents,
/// roots and common logarithms are exact where the result is a double.
namespace phono::inline v0_2::detail {

namespace repeatable {

inline constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double largest_logarithm = 690.0;   ///< of what these functions give: beyond it is too near to infinity

[[nodiscard]] constexpr double exp(double x) noexcept { return x > largest_logarithm ? nothing : math::detail::exp_by_series(x); }
[[nodiscard]] constexpr double log(double x) noexcept { return x > 0.0 ? math::detail::log_by_series(x) : nothing; }

/// e^x - 1 and ln(1 + x), accurate near 0.
[[nodiscard]] constexpr double expm1(double x) noexcept
{
    if (x > largest_logarithm) return nothing;   // computing with what is not finite would be no constant expression
    return math::abs(x) < 0.35 ? math::detail::expm1_series(x) : exp(x) - 1.0;
}
[[nodiscard]] constexpr double log1p(double x) noexcept
{
    return math::abs(x) < 0.5 ? math::detail::twice_artanh_series(x / (2.0 + x)) : log(1.0 + x);
}

/// The root rounded once, as processors do: bit by bit.
[[nodiscard]] constexpr double sqrt(double x) noexcept
{
    if (x == 0.0) return x;
    if (!(x > 0.0)) return nothing;
    int exponent = 0;
    for (; x >= 4.0; x *= 0.25) ++exponent;
    for (; x < 1.0; x *= 4.0) --exponent;
    // x 2^106 has a whole root of 54 bits: one more than a double has, and what remains tells on which side of a middle it lies.
    auto digits = static_cast<std::uint64_t>(x * 4503599627370496.0);   // x 2^52: all that x has
    std::uint64_t root = 0, rest = 0;
    for (int bit = 0; bit < 54; ++bit) {
        rest = 4 * rest + (bit < 27 ? (digits >> (52 - 2 * bit)) & 3 : 0);
        const std::uint64_t trial = 4 * root + 1;
        root *= 2;
        if (rest >= trial) rest -= trial, ++root;
    }
    const bool rounds_up = (root & 1) == 1;   // a root is never at the middle itself
    return math::detail::scaled(static_cast<double>((root >> 1) + (rounds_up ? 1 : 0)), exponent - 52);
}

/// x to a whole power.
[[nodiscard]] constexpr double whole_power(double x, int exponent) noexcept
{
    double power = 1.0, square = x;
    for (int n = exponent < 0 ? -exponent : exponent; n > 0; n /= 2) {
        if (n % 2 == 1) {
            if (math::abs(square) > 1.0 && math::abs(power) > 1e300 / math::abs(square)) return exponent < 0 ? 0.0 : nothing;
            power *= square;
        }
        if (n > 1) {
            if (math::abs(square) > 1e150) return exponent < 0 ? 0.0 : nothing;
            square *= square;
        }
    }
    if (exponent >= 0) return power;
    return math::abs(power) < 1e-300 ? nothing : 1.0 / power;
}

/// x^y. A number below 0 has a power only if y is whole.
[[nodiscard]] constexpr double power(double x, double y) noexcept
{
    if (math::abs(y) <= 1024.0 && y == static_cast<double>(static_cast<int>(y))) return whole_power(x, static_cast<int>(y));
    if (x == 0.0) return y > 0.0 ? 0.0 : nothing;
    if (y == 0.5) return sqrt(x);
    return x > 0.0 ? exp(y * log(x)) : nothing;
}

[[nodiscard]] constexpr double log10(double x) noexcept
{
    if (!(x > 0.0)) return nothing;
    const double exact = log(x) / 2.302585092994045684;
    const int whole = math::abs(exact) < 400.0 ? static_cast<int>(exact + (exact < 0.0 ? -0.5 : 0.5)) : 0;
    return whole_power(10.0, whole) == x ? whole : exact;
}

[[nodiscard]] constexpr double sin(double x) noexcept { return math::abs(x) <= 1e6 ? math::detail::sine(x, 0) : nothing; }
[[nodiscard]] constexpr double cos(double x) noexcept { return math::abs(x) <= 1e6 ? math::detail::sine(x, 1) : nothing; }
[[nodiscard]] constexpr double tan(double x) noexcept { return math::abs(x) <= 1e6 ? sin(x) / cos(x) : nothing; }

[[nodiscard]] constexpr double atan(double x) noexcept
{
    if (x < 0.0) return -atan(-x);
    if (x > 1.0) return 0.5 * math::pi - atan(1.0 / x);
    const double t = x / (1.0 + sqrt(1.0 + x * x)), u = t / (1.0 + sqrt(1.0 + t * t));   // the angle halved twice: below 0.2
    double sum = 0.0;
    for (int n = 25; n > 0; n -= 2) sum = 1.0 / n - u * u * sum;
    return 4.0 * u * sum;
}
[[nodiscard]] constexpr double asin(double x) noexcept
{
    if (math::abs(x) > 1.0) return nothing;
    if (math::abs(x) == 1.0) return 0.5 * math::pi * x;
    return atan(x / sqrt((1.0 - x) * (1.0 + x)));
}
[[nodiscard]] constexpr double acos(double x) noexcept
{
    if (math::abs(x) > 1.0) return nothing;
    return x > -1.0 ? 2.0 * atan(sqrt((1.0 - x) / (1.0 + x))) : math::pi;
}
/// The angle of a point (x, y).
[[nodiscard]] constexpr double atan2(double y, double x) noexcept
{
    const bool is_upright = math::abs(x) < 1e-300 || (math::abs(x) < 1.0 && math::abs(y) > 1e300 * math::abs(x));
    if (is_upright) return y == 0.0 ? 0.0 : y < 0.0 ? -0.5 * math::pi : 0.5 * math::pi;
    return atan(y / x) + (x > 0.0 ? 0.0 : y < 0.0 ? -math::pi : math::pi);
}

[[nodiscard]] constexpr double sinh(double x) noexcept
{
    if (math::abs(x) > largest_logarithm) return nothing;
    const double e = expm1(math::abs(x)), half = 0.5 * (e + e / (1.0 + e));
    return x < 0.0 ? -half : half;
}
[[nodiscard]] constexpr double cosh(double x) noexcept
{
    if (math::abs(x) > largest_logarithm) return nothing;
    const double e = exp(math::abs(x));
    return 0.5 * (e + 1.0 / e);
}
[[nodiscard]] constexpr double tanh(double x) noexcept
{
    if (math::abs(x) > 20.0) return x < 0.0 ? -1.0 : 1.0;
    const double e = expm1(2.0 * x);
    return e / (2.0 + e);
}
[[nodiscard]] constexpr double asinh(double x) noexcept
{
    if (math::abs(x) > 1e150) return nothing;
    const double a = math::abs(x), area = log1p(a + a * a / (1.0 + sqrt(1.0 + a * a)));
    return x < 0.0 ? -area : area;
}
[[nodiscard]] constexpr double acosh(double x) noexcept { return x < 1.0 || x > 1e150 ? nothing : log(x + sqrt((x - 1.0) * (x + 1.0))); }
[[nodiscard]] constexpr double atanh(double x) noexcept
{
    return math::abs(x) < 0.3   ? 0.5 * math::detail::twice_artanh_series(x)
           : math::abs(x) < 1.0 ? 0.5 * log((1.0 + x) / (1.0 - x))
                                : nothing;
}

[[nodiscard]] constexpr double truncated(double x) noexcept
{
    return math::abs(x) < 9007199254740992.0 ? static_cast<double>(static_cast<std::int64_t>(x)) : x;   // 2^53: whole in any case
}
[[nodiscard]] constexpr double floor(double x) noexcept { return truncated(x) > x ? truncated(x) - 1.0 : truncated(x); }
[[nodiscard]] constexpr double ceil(double x) noexcept { return -floor(-x); }
/// The nearest whole number; the even one of two, as ngspice's nint.
[[nodiscard]] constexpr double nearest(double x) noexcept
{
    const double below = floor(x), rest = x - below;
    const bool is_odd = below - 2.0 * floor(0.5 * below) != 0.0;
    return rest > 0.5 || (rest == 0.5 && is_odd) ? below + 1.0 : below;
}
/// The rest of x/y, with the sign of x, exactly. Range: |x| and |y| up to 1e300.
[[nodiscard]] constexpr double remainder(double x, double y) noexcept
{
    const double divisor = math::abs(y);
    if (divisor < 1e-300) return nothing;
    double rest = math::abs(x), multiple = divisor;
    while (multiple <= 0.5 * rest) multiple *= 2.0;
    for (; multiple >= divisor; multiple *= 0.5)
        if (rest >= multiple) rest -= multiple;
    return x < 0.0 ? -rest : rest;
}

}   // namespace repeatable

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
