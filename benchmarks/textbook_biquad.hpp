// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/phono.hpp>

#include <cmath>

/// What every time is compared with: the second-order section, transposed direct form II, as everybody writes it.
template <class T>
struct textbook_biquad {
    T b0, b1, b2, a1, a2;
    T s1{}, s2{};

    T operator()(T x) noexcept
    {
        const T y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }
};

template <class T>
textbook_biquad<T> textbook(const phono::biquad& s)
{
    return {static_cast<T>(s.b0), static_cast<T>(s.b1), static_cast<T>(s.b2), static_cast<T>(s.a1), static_cast<T>(s.a2)};
}

/// RIAA at a rate by two real poles and two real zeros, with the curve's own gain at low frequencies.
constexpr phono::digital_filter second_order_riaa(phono::frequency rate = phono::frequency{48e3})
{
    const auto pole = [rate](double seconds) { return phono::math::exp(-1.0 / (seconds * rate.si)); };
    phono::digital_filter filter;
    filter.rate = rate;
    filter.poles.add({pole(3180e-6)});
    filter.poles.add({pole(75e-6)});
    filter.zeros.add({pole(318e-6)});
    filter.zeros.add({-0.2});
    filter.gain = 1.0 / filter(phono::math::complex{1.0}).re;
    return filter;
}

/// The biquad that plays it.
template <class T>
textbook_biquad<T> baseline()
{
    return textbook<T>(phono::biquads(second_order_riaa()).section[0]);
}
