// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/vector_functions.hpp>
#include <phono/math/vector_parts.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// Numbers that are computed side by side: modes, triodes, channels, the two currents of a triode.
///
/// Size and alignment do not depend on the instruction set, so that parts of one program may be compiled for different ones: a kernel has
/// the same layout in all of them. How lanes are passed in registers does depend on it; `widest` gives such functions distinct names.
template <int N, int widest = widest_vector>
class alignas(N % 8 == 0   ? 64
              : N % 4 == 0 ? 32
              : N % 2 == 0 ? 16
                           : 8) lanes : vector_parts<vector_width(N, widest), N / vector_width(N, widest)> {
    static constexpr int width = vector_width(N, widest), parts = N / width;
    using base = vector_parts<width, parts>;
    using part = typename base::part;
    using base::at_;
    template <int, int>
    friend class lanes;

public:
    static constexpr unsigned everywhere = (1U << N) - 1;   ///< what places_at_most() gives where each lane is

    constexpr lanes() noexcept = default;
    [[gnu::always_inline]] static lanes all(double x) noexcept
    {
        lanes r;
        for (part& p : r.at_) p = x - part{};
        return r;
    }

    double operator[](int i) const noexcept
    {
        if constexpr (width == 1) return at_[i];
        else return at_[i / width][i % width];
    }
    void set(int i, double x) noexcept
    {
        if constexpr (width == 1) at_[i] = x;
        else at_[i / width][i % width] = x;
    }

    /// The numbers at these places, in that order.
    template <int... places>
    [[gnu::always_inline]] lanes<sizeof...(places), widest> picked() const noexcept
    {
        using result = lanes<sizeof...(places), widest>;
        result r;
        [&]<int... p>(std::integer_sequence<int, p...>)
        {
            ((r.at_[p] = this->template part_at<list<places...>, p * result::width>(std::make_integer_sequence<int, result::width>{})),
             ...);
        }
        (std::make_integer_sequence<int, result::parts>{});
        return r;
    }
    /// Each number and the one whose place differs from its own in these bits change places.
    template <int bits>
    [[gnu::always_inline]] lanes exchanged() const noexcept
    {
#if defined(__AVX__) && !defined(__clang__)
        // g++ 12 would take a vpermpd, before which some of Intel's processors wait until its destination's last value is there.
        if constexpr (width == 4 && (bits == 2 || bits == 3)) {
            lanes r;
            for (int i = 0; i < parts; ++i) r.at_[i] = __builtin_ia32_vperm2f128_pd256(at_[i], at_[i], 1);
            if constexpr (bits == 3) return r.template exchanged<1>();
            else return r;
        } else
#endif
            return [this]<int... i>(std::integer_sequence<int, i...>) { return this->template picked<(i ^ bits)...>(); }
        (std::make_integer_sequence<int, N>{});
    }
    /// The numbers of one and then those of the other.
    [[gnu::always_inline]] static lanes of_halves(const lanes<N / 2, widest>& first, const lanes<N / 2, widest>& second) noexcept
    {
        using half = lanes<N / 2, widest>;
        lanes r;
        if constexpr (half::width == width)
            for (int i = 0; i < parts; ++i) r.at_[i] = i < parts / 2 ? first.at_[i] : second.at_[i - parts / 2];
        else if constexpr (half::width > 1 && half::parts == 1)
            r.at_[0] = joined(first.at_[0], second.at_[0], std::make_integer_sequence<int, N>{});
        else
            for (int i = 0; i < N; ++i) r.set(i, i < N / 2 ? first[i] : second[i - N / 2]);
        return r;
    }
    /// These numbers and then the same again.
    [[gnu::always_inline]] lanes<2 * N, widest> twice() const noexcept
    {
        return [this]<int... i>(std::integer_sequence<int, i...>) { return this->template picked<i % N...>(); }
        (std::make_integer_sequence<int, 2 * N>{});
    }
    /// These two numbers four times.
    [[gnu::always_inline]] lanes<8, widest> four_times() const noexcept requires(N == 2)
    {
#if defined(__AVX512DQ__) && !defined(__clang__)
        // What g++ 12 does not make of a shuffle: in one instruction, which from memory takes no unit that computes.
        if constexpr (widest == 8) {
            lanes<8, widest> r;
            r.at_[0] = __builtin_ia32_broadcastf64x2_512_mask(at_[0], decltype(r.at_[0] + r.at_[0]){}, 255);
            return r;
        } else
#endif
            return picked<0, 1, 0, 1, 0, 1, 0, 1>();
    }
    /// The numbers from a place on, and zeros at the end.
    template <int place>
    [[gnu::always_inline]] lanes after() const noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) {
            const int first = i + place / width;
            const part low = first < parts ? at_[first] : part{}, high = first + 1 < parts ? at_[first + 1] : part{};
            if constexpr (place % width == 0) r.at_[i] = low;
            else r.at_[i] = joined<place % width>(low, high, std::make_integer_sequence<int, width>{});
        }
        return r;
    }
    /// Each half of the numbers.
    [[gnu::always_inline]] lanes<N / 2, widest> first_half() const noexcept
    {
        return [this]<int... i>(std::integer_sequence<int, i...>) { return this->template picked<i...>(); }
        (std::make_integer_sequence<int, N / 2>{});
    }
    [[gnu::always_inline]] lanes<N / 2, widest> second_half() const noexcept
    {
        return [this]<int... i>(std::integer_sequence<int, i...>) { return this->template picked<N / 2 + i...>(); }
        (std::make_integer_sequence<int, N / 2>{});
    }
    /// The first half of the numbers and then the same again, the second likewise, and the second before the first.
    [[gnu::always_inline]] lanes first_twice() const noexcept { return halves<0, 0>(); }
    [[gnu::always_inline]] lanes second_twice() const noexcept { return halves<1, 1>(); }
    [[gnu::always_inline]] lanes halves_exchanged() const noexcept { return halves<1, 0>(); }

    [[gnu::always_inline]] friend lanes operator+(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] + b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes operator-(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] - b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes operator*(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes operator*(double a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a * b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes operator/(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] / b.at_[i];
        return r;
    }
    /// Where a > b of x, elsewhere of y.
    [[gnu::always_inline]] friend lanes where_above(const lanes& a, const lanes& b, const lanes& x, const lanes& y) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] > b.at_[i] ? x.at_[i] : y.at_[i];
        return r;
    }
    /// The function of each part; Function<width>{} takes and returns as many numbers as a register holds.
    template <template <int> class Function>
    [[gnu::always_inline]] lanes by_part() const noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = Function<width>{}(at_[i]);
        return r;
    }
    /// Two functions of each part: function(part, first, second) is called for as many numbers as a register holds.
    [[gnu::always_inline]] void by_part(const auto& function, lanes& first, lanes& second) const noexcept
    {
        for (int i = 0; i < parts; ++i) function(at_[i], first.at_[i], second.at_[i]);
    }
    /// The same numbers, with which a compiler computes nothing before these others are there. A processor begins what stands first, and sees
    /// only part of a long function at a time: what others wait for longest is to stand first.
    [[gnu::always_inline]] lanes behind([[maybe_unused]] const lanes& others) const noexcept
    {
        lanes r = *this;
#if defined(__AVX__)
        for (int i = 0; i < parts; ++i) __asm__("" : "+v"(r.at_[i]) : "v"(others.at_[i]));
#endif
        return r;
    }
    /// a b + c, in one statement so that compilers may fuse it; a may be one number for all lanes.
    [[gnu::always_inline]] friend lanes fmadd(const lanes& a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i] + c.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes fmadd(double a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a * b.at_[i] + c.at_[i];
        return r;
    }
    /// c - a b; a may be one number for all lanes.
    [[gnu::always_inline]] friend lanes fnmadd(double a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a * b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes fnmadd(const lanes& a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a.at_[i] * b.at_[i];
        return r;
    }
    [[gnu::always_inline]] friend lanes max(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = larger(a.at_[i], b.at_[i]);
        return r;
    }
    [[gnu::always_inline]] friend lanes min(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = smaller(a.at_[i], b.at_[i]);
        return r;
    }
    [[gnu::always_inline]] friend lanes abs(const lanes& a) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = without_sign(a.at_[i]);
        return r;
    }
    /// A bit for each lane that is at most this, the lowest for the first; none for what is not a number.
    [[gnu::always_inline]] friend unsigned places_at_most(const lanes& a, double most) noexcept
    {
        unsigned bits = 0;
        for (int i = 0; i < parts; ++i) bits |= at_most(a.at_[i], most) << (i * width);
        return bits;
    }
    friend double sum_of(const lanes& a) noexcept
    {
        double sum = a[0];
        for (int i = 1; i < N; ++i) sum += a[i];
        return sum;
    }
    /// The largest lane. A NaN may be passed over, here and in `max`.
    friend double largest(const lanes& a) noexcept
    {
        if constexpr (N % 8 == 0) return largest(max(a.first_half(), a.second_half()));
        else {
            double most = a[0];
            for (int i = 1; i < N; ++i) most = a[i] > most ? a[i] : most;
            return most;
        }
    }

private:
    template <int first, int second>
    [[gnu::always_inline]] lanes halves() const noexcept
    {
        constexpr int half = N / 2;
#if defined(__AVX__) && !defined(__clang__)
        if constexpr (N == 4 && width == 4) {   // else a vpermpd, as in exchanged()
            lanes r;
            r.at_[0] = __builtin_ia32_vperm2f128_pd256(at_[0], at_[0], first | second << 4);
            return r;
        } else
#endif
            return [this]<int... i>(std::integer_sequence<int, i...>)
            {
                return this->template picked<(i / half == 0 ? first : second) * half + i % half...>();
            }
        (std::make_integer_sequence<int, N>{});
    }

    /// The numbers of two vectors one after the other, from a place on.
    template <int from = 0, int... i>
    [[gnu::always_inline]] static part joined(const auto& first, const auto& second, std::integer_sequence<int, i...>) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        return __builtin_shufflevector(first, second, (from + i)...);
#else
        constexpr int n = sizeof first / sizeof(double);
        return part{(from + i < n ? first[(from + i) % n] : second[(from + i) % n])...};
#endif
    }

    template <int... places>
    struct list {
        static constexpr int at[] = {places...};
    };
    /// Numbers by their places from `first` of the list on. Of one part or two they are moved in one instruction: one by one, g++ 12 takes
    /// them through memory.
    template <class List, int first, int... i>
    [[gnu::always_inline]] auto part_at(std::integer_sequence<int, i...>) const noexcept
    {
        if constexpr (sizeof...(i) == 1) return (*this)[List::at[first]];
        else {
#if defined(__clang__) || __GNUC__ >= 12
            constexpr auto place = List::at;
            constexpr int one = place[first] / width;
            int constexpr other_of[] = {(place[first + i] / width)...};
            constexpr int other = [&] {
                for (const int p : other_of)
                    if (p != one) return p;
                return one;
            }();
            if constexpr (width > 1 && ((place[first + i] / width == one || place[first + i] / width == other) && ...))
                return __builtin_shufflevector(at_[one], at_[other],
                                               ((place[first + i] / width == one ? 0 : width) + place[first + i] % width)...);
            else
#endif
                return typename vector_of<sizeof...(i)>::type{(*this)[List::at[first + i]]...};
        }
    }
};
static_assert(sizeof(lanes<1>) == 8 && sizeof(lanes<2>) == 16 && sizeof(lanes<3>) == 24 && sizeof(lanes<4>) == 32 &&
              sizeof(lanes<8>) == 64);
static_assert(alignof(lanes<1>) == 8 && alignof(lanes<2>) == 16 && alignof(lanes<3>) == 8 && alignof(lanes<4>) == 32 &&
              alignof(lanes<8>) == 64);

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
