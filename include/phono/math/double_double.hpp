// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

namespace phono::math {

/// A number of about 31 digits, as the sum of two doubles of which the second is below half a unit in the last place of the first.
///
/// Sums and products are exact to 2^-102 or better, also in constant expressions. They are not inlined: circuits need them rarely, and every
/// size of circuit has the code that uses them. Source: T. J. Dekker, A floating-point technique for extending the available precision,
/// Numer. Math. 18, 1971.
struct double_double {
    double high = 0.0;
    double low = 0.0;

    constexpr double_double() noexcept = default;
    constexpr double_double(double x) noexcept : high(x) {}
    [[nodiscard]] constexpr explicit operator double() const noexcept { return high; }

    [[gnu::noinline]] friend constexpr double_double operator+(double_double a, double_double b) noexcept
    {
        const double_double sum = exact_sum(a.high, b.high), rest = exact_sum(a.low, b.low);
        const double_double upper = exact_sum_of_ordered(sum.high, sum.low + rest.high);
        return exact_sum_of_ordered(upper.high, upper.low + rest.low);
    }
    friend constexpr double_double operator-(double_double a) noexcept { return pair(-a.high, -a.low); }
    friend constexpr double_double operator-(double_double a, double_double b) noexcept { return a + -b; }
    [[gnu::noinline]] friend constexpr double_double operator*(double_double a, double_double b) noexcept
    {
        const double_double product = exact_product(a.high, b.high);
        return exact_sum_of_ordered(product.high, product.low + (a.high * b.low + a.low * b.high));
    }
    [[gnu::noinline]] friend constexpr double_double operator/(double_double a, double_double b) noexcept
    {
        const double first = a.high / b.high;
        const double_double rest = a - double_double{first} * b;
        const double second = rest.high / b.high;
        const double_double last = rest - double_double{second} * b;
        return exact_sum_of_ordered(first, second) + double_double{last.high / b.high};
    }
    constexpr double_double& operator+=(double_double b) noexcept { return *this = *this + b; }
    constexpr double_double& operator-=(double_double b) noexcept { return *this = *this - b; }
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
    [[nodiscard]] static constexpr double_double pair(double upper, double lower) noexcept
    {
        double_double x{upper};
        x.low = lower;
        return x;
    }
    [[nodiscard]] static constexpr double_double exact_sum(double a, double b) noexcept
    {
        const double sum = a + b, of_b = sum - a;
        return pair(sum, (a - (sum - of_b)) + (b - of_b));
    }
    [[nodiscard]] static constexpr double_double exact_sum_of_ordered(double larger, double smaller) noexcept
    {
        const double sum = larger + smaller;
        return pair(sum, smaller - (sum - larger));
    }
    /// A double as the sum of two of 26 bits, whose products are exact.
    [[nodiscard]] static constexpr double_double halves(double x) noexcept
    {
        const double shifted = 134217729.0 * x;   // 2^27 + 1
        const double upper = shifted - (shifted - x);
        return pair(upper, x - upper);
    }
    [[nodiscard]] static constexpr double_double exact_product(double a, double b) noexcept
    {
        const double product = a * b;
        const double_double of_a = halves(a), of_b = halves(b);
        const double rest = ((of_a.high * of_b.high - product) + of_a.high * of_b.low + of_a.low * of_b.high) + of_a.low * of_b.low;
        return pair(product, rest);
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

}   // namespace phono::math
