// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <cmath>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::math {

/// A complex number for constant expressions and plain arithmetic: std::complex tests every product for infinities, which
/// costs more than the product itself, and not every compiler can divide it in a constant expression. T is double or double_double.
template <class T>
struct basic_complex {
    T re = 0.0;
    T im = 0.0;

    constexpr basic_complex() noexcept = default;
    constexpr basic_complex(T real_part, T imaginary_part = 0.0) noexcept : re(real_part), im(imaginary_part) {}

    friend constexpr basic_complex operator+(basic_complex a, basic_complex b) noexcept { return {a.re + b.re, a.im + b.im}; }
    friend constexpr basic_complex operator-(basic_complex a, basic_complex b) noexcept { return {a.re - b.re, a.im - b.im}; }
    friend constexpr basic_complex operator-(basic_complex a) noexcept { return {-a.re, -a.im}; }
    friend constexpr basic_complex operator*(basic_complex a, basic_complex b) noexcept
    {
        return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
    }
    friend constexpr basic_complex operator*(double k, basic_complex a) noexcept { return {k * a.re, k * a.im}; }
    friend constexpr basic_complex operator/(basic_complex a, basic_complex b) noexcept
    {
        const T scale = 1.0 / (b.re * b.re + b.im * b.im);
        return {(a.re * b.re + a.im * b.im) * scale, (a.im * b.re - a.re * b.im) * scale};
    }
    constexpr basic_complex& operator+=(basic_complex b) noexcept { return *this = *this + b; }
    constexpr basic_complex& operator-=(basic_complex b) noexcept { return *this = *this - b; }
    constexpr basic_complex& operator*=(basic_complex b) noexcept { return *this = *this * b; }
    constexpr basic_complex& operator/=(basic_complex b) noexcept { return *this = *this / b; }
    friend constexpr bool operator==(basic_complex a, basic_complex b) noexcept = default;

    /// A cheap measure of size, within a factor sqrt(2) of the absolute value.
    friend constexpr double magnitude(basic_complex z) noexcept { return magnitude(z.re) + magnitude(z.im); }
};

using complex = basic_complex<double>;

template <class T>
inline constexpr double epsilon_of<basic_complex<T>> = epsilon_of<T>;

[[nodiscard]] constexpr complex conj(complex z) noexcept { return {z.re, -z.im}; }
[[nodiscard]] constexpr double norm(complex z) noexcept { return z.re * z.re + z.im * z.im; }
[[nodiscard]] constexpr double abs(complex z) noexcept { return z.im == 0.0 ? abs(z.re) : sqrt(norm(z)); }
/// The argument in (-pi, pi], in radians; 0 for z = 0.
[[nodiscard]] constexpr double arg(complex z) noexcept
{
    if (!is_constant_evaluated()) return std::atan2(z.im, z.re);
    const double length = abs(z);
    if (length == 0.0) return 0.0;
    const double acute = abs(z.im) <= abs(z.re) ? asin(abs(z.im) / length) : 0.5 * pi - asin(abs(z.re) / length);
    const double upper = z.re < 0.0 ? pi - acute : acute;
    return z.im < 0.0 ? -upper : upper;
}
[[nodiscard]] constexpr bool is_finite(complex z) noexcept { return is_finite(z.re) && is_finite(z.im); }

/// e^z.
[[nodiscard]] constexpr complex exp(complex z) noexcept
{
    const double r = exp(z.re);
    return z.im == 0.0 ? complex{r} : complex{r * cos(z.im), r * sin(z.im)};
}

/// The principal square root: real part >= 0.
[[nodiscard]] constexpr complex sqrt(complex z) noexcept
{
    if (z.im == 0.0) return z.re >= 0.0 ? complex{sqrt(z.re)} : complex{0.0, sqrt(-z.re)};
    const double r = abs(z);
    if (z.re >= 0.0) {
        const double a = sqrt(0.5 * (r + z.re));
        return {a, 0.5 * z.im / a};
    }
    const double b = sqrt(0.5 * (r - z.re));
    return z.im > 0.0 ? complex{0.5 * z.im / b, b} : complex{-0.5 * z.im / b, -b};
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
