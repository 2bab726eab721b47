// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>
#include <phono/math/lanes.hpp>

namespace phono::inline v0_2::detail {

/// Complex numbers side by side.
template <int N>
struct complex_lanes {
    math::lanes<N> re{}, im{};

    double operator[](int i) const noexcept { return i < N ? re[i] : im[i - N]; }
    void set(int i, double x) noexcept { i < N ? re.set(i, x) : im.set(i - N, x); }

    friend complex_lanes operator*(const complex_lanes& a, const complex_lanes& b) noexcept
    {
        return {fnmadd(a.im, b.im, a.re * b.re), fmadd(a.im, b.re, a.re * b.im)};
    }
    friend complex_lanes fmadd(const complex_lanes& a, const complex_lanes& b, const complex_lanes& c) noexcept
    {
        return {fnmadd(a.im, b.im, fmadd(a.re, b.re, c.re)), fmadd(a.im, b.re, fmadd(a.re, b.im, c.im))};
    }
    friend complex_lanes operator*(double a, const complex_lanes& b) noexcept { return {a * b.re, a * b.im}; }
    friend complex_lanes operator*(const math::lanes<N>& a, const complex_lanes& b) noexcept { return {a * b.re, a * b.im}; }
    friend complex_lanes fmadd(const math::lanes<N>& a, const complex_lanes& b, const complex_lanes& c) noexcept
    {
        return {fmadd(a, b.re, c.re), fmadd(a, b.im, c.im)};
    }
    friend complex_lanes operator*(const math::complex& a, const complex_lanes& b) noexcept
    {
        return {fmadd(-a.im, b.im, a.re * b.re), fmadd(a.im, b.re, a.re * b.im)};
    }
    friend complex_lanes fmadd(double a, const complex_lanes& b, const complex_lanes& c) noexcept
    {
        return {fmadd(a, b.re, c.re), fmadd(a, b.im, c.im)};
    }
    friend complex_lanes fmadd(const math::complex& a, const complex_lanes& b, const complex_lanes& c) noexcept
    {
        return {fmadd(-a.im, b.im, fmadd(a.re, b.re, c.re)), fmadd(a.im, b.re, fmadd(a.re, b.im, c.im))};
    }
};

/// Flushes decayed numbers to zero, before they become subnormal and slow.
template <int numbers>
void settle_numbers(auto& x) noexcept
{
    constexpr double tiny = 1e-70;   // its fourth power is a normal number
    for (int n = 0; n < numbers; ++n)
        if (math::abs(x[n]) < tiny) x.set(n, 0.0);
}

}   // namespace phono::inline v0_2::detail
