// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Four numbers of each of two channels side by side: those of the first channel, then those of the second, so that what is computed for
/// each on its own, such as the laws of four triodes, finds them together.
///
/// With one channel the same of one alone, so that what is written for either is written once.
template <int channels>
struct by_halves {
    static_assert(channels == 2);
    using numbers = math::lanes<8>;
    using number = math::lanes<2>;   ///< one of each channel

    [[gnu::always_inline]] static number all(double x) noexcept { return number::all(x); }
    /// The same in both channels.
    static void set(numbers& of, int place, double x) noexcept { of.set(place, x), of.set(4 + place, x); }
    static void set(numbers& of, int place, const number& x) noexcept { of.set(place, x[0]), of.set(4 + place, x[1]); }
    [[gnu::always_inline]] static number at(const numbers& x, int place) noexcept
    {
        number r = number::all(x[place]);
        r.set(1, x[4 + place]);
        return r;
    }
    /// The numbers of a channel, and those of both together.
    template <int channel>
    [[gnu::always_inline]] static math::lanes<4> of(const numbers& x) noexcept
    {
        if constexpr (channel == 0) return x.first_half();
        else return x.second_half();
    }
    [[gnu::always_inline]] static numbers together(const math::lanes<4>& first, const math::lanes<4>& second) noexcept
    {
        return numbers::of_halves(first, second);
    }
    /// Each channel's number in all of its places.
    [[gnu::always_inline]] static numbers everywhere(const number& x) noexcept
    {
        return x.template picked<0, 0, 1, 1>().template picked<0, 0, 0, 0, 2, 2, 2, 2>();
    }
    /// The first two numbers of each channel, or the second two, twice.
    template <int two>
    [[gnu::always_inline]] static numbers twice(const numbers& x) noexcept
    {
        constexpr int p = 2 * two, q = 4 + p;
        return x.template picked<p, p + 1, p, p + 1, q, q + 1, q, q + 1>();
    }
    /// Of each channel. A NaN may be passed over.
    [[gnu::always_inline]] static number largest_of_each(const numbers& x) noexcept
    {
        const math::lanes<4> two = max(x.template picked<0, 1, 4, 5>(), x.template picked<2, 3, 6, 7>());
        return max(two.template picked<0, 2>(), two.template picked<1, 3>());
    }
    /// The sum of each channel in all of its places.
    [[gnu::always_inline]] static numbers sum_everywhere(const numbers& x) noexcept
    {
        const numbers two = x + x.template exchanged<1>();
        return two + two.template exchanged<2>();
    }
};

template <>
struct by_halves<1> {
    using numbers = math::lanes<4>;
    using number = double;

    [[gnu::always_inline]] static double all(double x) noexcept { return x; }
    static void set(numbers& of, int place, double x) noexcept { of.set(place, x); }
    [[gnu::always_inline]] static double at(const numbers& x, int place) noexcept { return x[place]; }
    [[gnu::always_inline]] static numbers everywhere(double x) noexcept { return numbers::all(x); }
    template <int two>
    [[gnu::always_inline]] static numbers twice(const numbers& x) noexcept
    {
        if constexpr (two == 0) return x.first_twice();
        else return x.second_twice();
    }
    [[gnu::always_inline]] static double largest_of_each(const numbers& x) noexcept { return largest(x); }
    [[gnu::always_inline]] static numbers sum_everywhere(const numbers& x) noexcept
    {
        const numbers two = x + x.template exchanged<1>();
        return two + two.template exchanged<2>();
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
