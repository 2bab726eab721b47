// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lanes.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// Numbers of two channels side by side in vector registers, by turns: of a mode, a triode or a coordinate that of the first channel, then
/// that of the second. So whatever belongs to both is next to one another, and a number of each is had everywhere by one instruction.
///
/// With one channel the same of one alone, so that what is written for either is written once.
template <int channels>
struct by_turns {
    static_assert(channels == 2);
    using number = lanes<2>;   ///< one of each channel
    using input = lanes<8>;    ///< one of each channel in four places, as it is multiplied by what is four to a row

    /// Each channel's number in all of its places, n of them.
    template <int n>
    [[gnu::always_inline]] static lanes<2 * n> everywhere(const number& x) noexcept
    {
        if constexpr (n == 1) return x;
        else if constexpr (n == 4) return x.four_times();
        else if constexpr (n % 2 == 0) return everywhere<n / 2>(x).twice();
        else return [&]<int... i>(std::integer_sequence<int, i...>)
            {
                return x.template picked<i % 2 ...>();
            }
        (std::make_integer_sequence<int, 2 * n>{});
    }
    /// The same of an input.
    template <int n>
    [[gnu::always_inline]] static lanes<2 * n> everywhere(const input& x) noexcept
    {
        static_assert(n == 4 || n == 2);
        if constexpr (n == 4) return x;
        else return x.first_half();
    }
    /// A channel's number in all of its places.
    template <int N>
    static void set_channel(lanes<N>& of, int channel, double x) noexcept
    {
        for (int n = channel; n < N; n += 2) of.set(n, x);
    }
    /// All numbers of a channel.
    template <int N>
    static void copy_channel(const lanes<N>& from, int channel, lanes<N>& to) noexcept
    {
        for (int n = channel; n < N; n += 2) to.set(n, from[n]);
    }
    [[nodiscard]] static double of_channel(const input& x, int channel) noexcept { return x[channel]; }
    /// Each channel's number at a place, in n places.
    template <int n, int place, int N>
    [[gnu::always_inline]] static lanes<2 * n> everywhere(const lanes<N>& x) noexcept
    {
        if constexpr (N >= 4 && N <= 2 * n) return [&]<int... i>(std::integer_sequence<int, i...>)
            {
                return x.template picked<2 * place + i % 2 ...>();
            }
        (std::make_integer_sequence<int, 2 * n>{});
        else return everywhere<n>(x.template picked<2 * place, 2 * place + 1>()); }
    /// Each channel's first number, and those after it, with zeros at the end.
    template <int N>
    [[gnu::always_inline]] static number first(const lanes<N>& x) noexcept
    {
        return x.template picked<0, 1>();
    }
    template <int N>
    [[gnu::always_inline]] static lanes<N> after_first(const lanes<N>& x) noexcept
    {
        return x.template after<2>();
    }
    /// The largest of each channel in all of its places. A NaN may be passed over.
    [[gnu::always_inline]] static lanes<8> largest_everywhere(const lanes<8>& x) noexcept
    {
        const lanes<8> of_halves = max(x, x.halves_exchanged());
        return max(of_halves, of_halves.template picked<2, 3, 0, 1, 6, 7, 4, 5>());
    }
    /// The sum of each channel, from the first place on.
    template <int N>
    [[gnu::always_inline]] static number sum_of_each(const lanes<N>& x) noexcept
    {
        return [&]<int... k>(std::integer_sequence<int, k...>) { return (... + x.template picked<2 * k, 2 * k + 1>()); }
        (std::make_integer_sequence<int, N / 2>{});
    }
};

template <>
struct by_turns<1> {
    using number = double;
    using input = double;

    template <int>
    [[gnu::always_inline]] static double everywhere(double x) noexcept
    {
        return x;
    }
    template <int, int place>
    [[gnu::always_inline]] static double everywhere(const auto& x) noexcept
    {
        return x[place];
    }
    template <int N>
    [[gnu::always_inline]] static double first(const lanes<N>& x) noexcept
    {
        return x[0];
    }
    template <int N>
    [[gnu::always_inline]] static lanes<N> after_first(const lanes<N>& x) noexcept
    {
        return x.template after<1>();
    }
    static void set_channel(double& of, int, double x) noexcept { of = x; }
    template <int N>
    static void set_channel(lanes<N>& of, int, double x) noexcept
    {
        of = lanes<N>::all(x);
    }
    static void copy_channel(const auto& from, int, auto& to) noexcept { to = from; }
    [[nodiscard]] static double of_channel(double x, int) noexcept { return x; }
    template <int N>
    [[gnu::always_inline]] static double sum_of_each(const lanes<N>& x) noexcept
    {
        return sum_of(x);
    }
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
