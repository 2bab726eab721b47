// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <cmath>
#include <type_traits>

namespace phono::math {

/// A complex number for constant expressions and plain arithmetic: std::complex tests every product for infinities, which
/// costs more than the product itself, and not every compiler can divide it in a constant expression.
struct complex {
    double re = 0.0;
    double im = 0.0;

    constexpr complex() noexcept = default;
    constexpr complex(double real, double imaginary = 0.0) noexcept : re(real), im(imaginary) {}

    friend constexpr complex operator+(complex a, complex b) noexcept { return {a.re + b.re, a.im + b.im}; }
    friend constexpr complex operator-(complex a, complex b) noexcept { return {a.re - b.re, a.im - b.im}; }
    friend constexpr complex operator-(complex a) noexcept { return {-a.re, -a.im}; }
    friend constexpr complex operator*(complex a, complex b) noexcept { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
    friend constexpr complex operator*(double k, complex a) noexcept { return {k * a.re, k * a.im}; }
    friend constexpr complex operator/(complex a, complex b) noexcept
    {
        const double scale = 1.0 / (b.re * b.re + b.im * b.im);
        return {(a.re * b.re + a.im * b.im) * scale, (a.im * b.re - a.re * b.im) * scale};
    }
    constexpr complex& operator+=(complex b) noexcept { return *this = *this + b; }
    constexpr complex& operator-=(complex b) noexcept { return *this = *this - b; }
    constexpr complex& operator*=(complex b) noexcept { return *this = *this * b; }
    constexpr complex& operator/=(complex b) noexcept { return *this = *this / b; }
    friend constexpr bool operator==(complex a, complex b) noexcept = default;
};

[[nodiscard]] constexpr complex conj(complex z) noexcept { return {z.re, -z.im}; }
[[nodiscard]] constexpr double norm(complex z) noexcept { return z.re * z.re + z.im * z.im; }
[[nodiscard]] constexpr double abs(complex z) noexcept { return z.im == 0.0 ? abs(z.re) : sqrt(norm(z)); }
/// The argument in (-pi, pi], in radians; 0 for z = 0.
[[nodiscard]] constexpr double arg(complex z) noexcept
{
    if (!std::is_constant_evaluated()) return std::atan2(z.im, z.re);
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

}   // namespace phono::math
