// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

/// Elementary functions that also work in constant expressions.
///
/// At run time each calls the standard library. In a constant expression, where C++20 has none, each reduces its argument
/// and sums a series, accurate to 4 units in the last place or better over |x| <= 700 (exp), |x| <= 1e6 (sin, cos), x > 0
/// (log, sqrt).
namespace phono::inline v0_2::math {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double ln2 = 0.693147180559945309417;
inline constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// The relative distance of neighbouring numbers of a type.
template <class T>
inline constexpr double epsilon_of = epsilon;

/// True at compile time. Not std::is_constant_evaluated(), which in C++23 clang 14 with libstdc++ 12 takes for true at run time
/// (findings/clang14_is_constant_evaluated.sh): the series below would then be summed while it plays.
[[nodiscard]] constexpr bool is_constant_evaluated() noexcept { return __builtin_is_constant_evaluated(); }

[[nodiscard]] constexpr double abs(double x) noexcept { return __builtin_fabs(x); }
/// The size of a number, for comparisons; complex.hpp and double_double.hpp have theirs.
[[nodiscard]] constexpr double magnitude(double x) noexcept { return __builtin_fabs(x); }
[[nodiscard]] constexpr bool is_finite(double x) noexcept { return abs(x) <= std::numeric_limits<double>::max(); }

namespace detail {

/// x scaled by a power of two, exactly.
[[nodiscard]] constexpr double scaled(double x, int exponent) noexcept
{
    const double step = exponent < 0 ? 0.5 : 2.0;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; --i) x *= step;
    return x;
}

/// x = doublings ln 2 + rest with |rest| <= 0.35: the argument reduction of exponentials.
struct reduced_exponent {
    int doublings;
    double rest = 0.0;

    constexpr explicit reduced_exponent(double x) noexcept : doublings(static_cast<int>(x / ln2 + (x < 0.0 ? -0.5 : 0.5)))
    {
        constexpr double ln2_high = 6.93147180369123816490e-01;   // the first 33 bits of ln 2, so that its multiples are exact
        constexpr double ln2_low = 1.90821492927058770002e-10;
        rest = (x - doublings * ln2_high) - doublings * ln2_low;
    }
};

/// 2 artanh t = ln((1 + t)/(1 - t)) for |t| <= 1/3.
[[nodiscard]] constexpr double twice_artanh_series(double t) noexcept
{
    double sum = 0.0;
    for (int n = 41; n > 0; n -= 2) sum = 1.0 / n + t * t * sum;
    return 2.0 * t * sum;
}

/// e^r - 1 for |r| <= 0.35.
constexpr double expm1_series(double r) noexcept
{
    double sum = 0.0;
    for (int n = 20; n > 0; --n) sum = (r + r * sum) / n;
    return sum;
}

/// sin r for |r| <= 0.8.
[[nodiscard]] constexpr double sin_series(double r) noexcept
{
    double sum = 0.0;
    for (int n = 21; n > 1; n -= 2) sum = -(r * r) * (1.0 + sum) / (n * (n - 1));
    return r + r * sum;
}

/// cos r for |r| <= 0.8.
[[nodiscard]] constexpr double cos_series(double r) noexcept
{
    double sum = 0.0;
    for (int n = 20; n > 0; n -= 2) sum = -(r * r) * (1.0 + sum) / (n * (n - 1));
    return 1.0 + sum;
}

/// sin(x + quarter_turns pi/2).
[[nodiscard]] constexpr double sine(double x, int quarter_turns) noexcept
{
    const double turns = x / (0.5 * pi);
    const auto nearest = static_cast<long long>(turns + (turns < 0.0 ? -0.5 : 0.5));
    constexpr double half_pi_high = 1.57079632673412561417;   // the first 33 bits of pi/2, so that its multiples are exact
    constexpr double half_pi_low = 6.07710050650619224932e-11;
    const auto count = static_cast<double>(nearest);
    const double r = (x - count * half_pi_high) - count * half_pi_low;
    switch ((nearest + quarter_turns) & 3) {
        case 0: return sin_series(r);
        case 1: return cos_series(r);
        case 2: return -sin_series(r);
        default: return -cos_series(r);
    }
}

/// e^x and ln x as in constant expressions: the same bits on every machine, which those of C libraries are not.
[[nodiscard]] constexpr double exp_by_series(double x) noexcept
{
    if (x < -745.0) return 0.0;
    const reduced_exponent reduced{x};
    return scaled(1.0 + expm1_series(reduced.rest), reduced.doublings);
}
[[nodiscard]] constexpr double log_by_series(double x) noexcept
{
    if (!(x > 0.0)) return x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    if (!is_finite(x)) return x;
    int exponent = 0;
    for (; x > 1.5; x *= 0.5) ++exponent;
    for (; x < 0.75; x *= 2.0) --exponent;
    return twice_artanh_series((x - 1.0) / (x + 1.0)) + exponent * ln2;
}

}   // namespace detail

[[nodiscard]] constexpr double sqrt(double x) noexcept
{
    if (!is_constant_evaluated()) return std::sqrt(x);
    if (!(x > 0.0)) return x == 0.0 ? 0.0 : std::numeric_limits<double>::quiet_NaN();
    int exponent = 0;
    double m = x;
    for (; m >= 4.0; m *= 0.25) ++exponent;
    for (; m < 1.0; m *= 4.0) --exponent;
    double root = 0.5 * (1.0 + m);
    for (int i = 0; i < 6; ++i) root = 0.5 * (root + m / root);
    return detail::scaled(root, exponent);
}

constexpr double expm1(double x) noexcept
{
    if (!is_constant_evaluated()) return std::expm1(x);
    const detail::reduced_exponent reduced{x};
    const double tail = detail::expm1_series(reduced.rest);
    return reduced.doublings == 0 ? tail : detail::scaled(1.0 + tail, reduced.doublings) - 1.0;
}

[[nodiscard]] constexpr double exp(double x) noexcept { return is_constant_evaluated() ? detail::exp_by_series(x) : std::exp(x); }
[[nodiscard]] constexpr double log(double x) noexcept { return is_constant_evaluated() ? detail::log_by_series(x) : std::log(x); }

/// ln(1 + x), accurate to the last bits near 0.
constexpr double log1p(double x) noexcept
{
    if (!is_constant_evaluated()) return std::log1p(x);
    if (abs(x) > 0.5) return log(1.0 + x);
    return detail::twice_artanh_series(x / (2.0 + x));
}

[[nodiscard]] constexpr double sin(double x) noexcept { return is_constant_evaluated() ? detail::sine(x, 0) : std::sin(x); }
[[nodiscard]] constexpr double cos(double x) noexcept { return is_constant_evaluated() ? detail::sine(x, 1) : std::cos(x); }

/// The arc sine for 0 <= x <= 1; in constant expressions by Newton's iteration on the sine.
[[nodiscard]] constexpr double asin(double x) noexcept
{
    if (!is_constant_evaluated()) return std::asin(x);
    if (x > 0.75) return 0.5 * pi - asin(sqrt((1.0 - x) * (1.0 + x)));
    double angle = x;
    for (int i = 0; i < 6; ++i) angle -= (sin(angle) - x) / cos(angle);
    return angle;
}

/// 10^(x/20): the amplitude ratio of x decibels.
[[nodiscard]] constexpr double amplitude_ratio(double decibels) noexcept { return exp(decibels * 0.115129254649702284); }   // ln 10 / 20
/// 20 lg r: an amplitude ratio in decibels.
[[nodiscard]] constexpr double decibels(double ratio) noexcept { return log(ratio) * 8.68588963806503655; }   // 20 / ln 10

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
