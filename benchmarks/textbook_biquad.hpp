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

/// RIAA at 44.1 kHz by two real poles and two real zeros.
inline phono::digital_filter second_order_riaa()
{
    using namespace phono;
    using namespace phono::literals;
    digital_filter filter = matched_z(riaa.transfer(), 44.1_kHz);
    filter.poles = {};
    filter.zeros = {};
    filter.poles.add({std::exp(-1.0 / (3180e-6 * 44100.0))});
    filter.poles.add({std::exp(-1.0 / (75e-6 * 44100.0))});
    filter.zeros.add({std::exp(-1.0 / (318e-6 * 44100.0))});
    filter.zeros.add({-0.2});
    return filter;
}

/// The biquad that plays it.
template <class T>
textbook_biquad<T> baseline()
{
    const phono::biquad s = phono::biquads(second_order_riaa()).section[0];
    return {static_cast<T>(s.b0), static_cast<T>(s.b1), static_cast<T>(s.b2), static_cast<T>(s.a1), static_cast<T>(s.a2)};
}
