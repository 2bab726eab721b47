// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::math {

/// A number of about 31 digits, as the sum of two doubles of which the second is below half a unit in the last place of the first.
///
/// Sums and products are exact to 2^-102 or better, also in constant expressions. They are not inlined: circuits need them rarely, and every
/// size of circuit has the code that uses them. They are written without calls, for these are what a constant expression costs.
/// Source: T. J. Dekker, A floating-point technique for extending the available precision, Numer. Math. 18, 1971.
struct double_double {
    double high = 0.0;
    double low = 0.0;

    constexpr double_double() noexcept = default;
    constexpr double_double(double x) noexcept : high(x) {}
    [[nodiscard]] constexpr explicit operator double() const noexcept { return high; }

    [[gnu::noinline]] friend constexpr double_double operator+(double_double a, double_double b) noexcept
    {
        const double sum = a.high + b.high, of_b = sum - a.high, sum_rest = (a.high - (sum - of_b)) + (b.high - of_b), tail = a.low + b.low,
                     of_tail = tail - a.low, tail_rest = (a.low - (tail - of_tail)) + (b.low - of_tail), middle = sum_rest + tail,
                     upper = sum + middle, rest = (middle - (upper - sum)) + tail_rest, total = upper + rest;
        return {total, rest - (total - upper)};
    }
    friend constexpr double_double operator-(double_double a) noexcept { return {-a.high, -a.low}; }
    friend constexpr double_double operator-(double_double a, double_double b) noexcept { return a + double_double{-b.high, -b.low}; }
    [[gnu::noinline]] friend constexpr double_double operator*(double_double a, double_double b) noexcept
    {
        const double product = a.high * b.high, rest = rest_of_product(a.high, b.high, product),
                     tail = rest + (a.high * b.low + a.low * b.high), total = product + tail;
        return {total, tail - (total - product)};
    }
    [[gnu::noinline]] friend constexpr double_double operator/(double_double a, double_double b) noexcept
    {
        const double first = a.high / b.high;
        const double_double rest = a - double_double{first} * b;
        const double second = rest.high / b.high;
        const double_double last = rest - double_double{second} * b;
        const double sum = first + second;
        return double_double{sum, second - (sum - first)} + double_double{last.high / b.high};
    }
    constexpr double_double& operator+=(double_double b) noexcept { return *this = *this + b; }
    constexpr double_double& operator-=(double_double b) noexcept { return *this = *this + double_double{-b.high, -b.low}; }
    constexpr double_double& operator*=(double_double b) noexcept { return *this = *this * b; }
    constexpr double_double& operator/=(double_double b) noexcept { return *this = *this / b; }
    friend constexpr bool operator==(double_double a, double_double b) noexcept = default;
    friend constexpr bool operator<(double_double a, double_double b) noexcept
    {
        return a.high < b.high || (a.high == b.high && a.low < b.low);
    }
    friend constexpr bool operator>(double_double a, double_double b) noexcept { return b < a; }
    friend constexpr bool operator<=(double_double a, double_double b) noexcept { return a < b || a == b; }
    friend constexpr bool operator>=(double_double a, double_double b) noexcept { return b <= a; }

private:
    constexpr double_double(double upper, double lower) noexcept : high(upper), low(lower) {}

    /// a b less its rounded value, exactly. Where the processor fuses multiplication and addition it is one instruction; Dekker's splitting
    /// would not be exact there, since compilers fuse its operations too.
    [[gnu::always_inline]] static constexpr double rest_of_product(double a, double b, double product) noexcept
    {
#ifdef __FP_FAST_FMA
        if (!is_constant_evaluated()) return __builtin_fma(a, b, -product);
#endif
        constexpr double splitter = 134217729.0;   // 2^27 + 1: a double as the sum of two of 26 bits, whose products are exact
        const double of_a = splitter * a, a_upper = of_a - (of_a - a), a_lower = a - a_upper, of_b = splitter * b,
                     b_upper = of_b - (of_b - b), b_lower = b - b_upper;
        return ((a_upper * b_upper - product) + a_upper * b_lower + a_lower * b_upper) + a_lower * b_lower;
    }
};

template <>
inline constexpr double epsilon_of<double_double> = 0x1p-102;

[[nodiscard]] constexpr double magnitude(double_double x) noexcept { return magnitude(x.high); }
[[nodiscard]] constexpr double_double abs(double_double x) noexcept { return x.high < 0.0 ? -x : x; }
[[nodiscard]] constexpr double_double sqrt(double_double x) noexcept
{
    if (!(x.high > 0.0)) return 0.0;
    const double_double root = sqrt(x.high);
    return 0.5 * (root + x / root);   // one step of Newton's
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
