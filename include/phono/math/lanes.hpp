// SPDX-License-Identifier: BSL-1.0
#pragma once

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// The SIMD vector of `width` doubles. GCC and Clang have a type for it and do not reliably vectorise plain arrays; other compilers get
/// the scalar.
template <int width>
struct vector_of;
template <>
struct vector_of<1> {
    using type = double;
};
#if defined(__GNUC__)
template <>
struct vector_of<2> {
    typedef double type __attribute__((vector_size(16)));
};
template <>
struct vector_of<4> {
    typedef double type __attribute__((vector_size(32)));
};
#if defined(__AVX__)
inline constexpr int widest_vector = 4;
#else
inline constexpr int widest_vector = 2;
#endif
#else
inline constexpr int widest_vector = 1;
#endif

/// Numbers that are computed side by side: modes, triodes, channels, the two currents of a triode.
///
/// Size and alignment do not depend on the instruction set, so that parts of one program may be compiled for different ones: a kernel has
/// the same layout in all of them. How lanes are passed in registers does depend on it; `widest` gives such functions distinct names.
template <int N, int widest = widest_vector>
class alignas(N % 4 == 0   ? 32
              : N % 2 == 0 ? 16
                           : 8) lanes {
    static constexpr int width = N % 4 == 0 && widest == 4 ? 4 : N % 2 == 0 && widest >= 2 ? 2 : 1;
    static constexpr int parts = N / width;
    using part = typename vector_of<width>::type;
    part at_[parts]{};
    template <int, int>
    friend class lanes;

public:
    constexpr lanes() noexcept = default;
    static lanes all(double x) noexcept
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

    /// These numbers and then the same again.
    [[gnu::always_inline]] lanes<2 * N, widest> twice() const noexcept
    {
        using two = lanes<2 * N, widest>;
        two r;
        if constexpr (two::width == width)
            for (int i = 0; i < two::parts; ++i) r.at_[i] = at_[i % parts];
        else if constexpr (two::width == 4 && N == 2) r.at_[0] = shuffled<0, 1, 0, 1>(at_[0]);
        else
            for (int i = 0; i < 2 * N; ++i) r.set(i, (*this)[i % N]);
        return r;
    }
    /// The first half of the numbers.
    [[gnu::always_inline]] lanes<N / 2, widest> first_half() const noexcept
    {
        lanes<N / 2, widest> r;
        for (int i = 0; i < N / 2; ++i) r.set(i, (*this)[i]);
        return r;
    }
    /// The first half of the numbers and then the same again, the second likewise, and the second before the first.
    [[gnu::always_inline]] lanes first_twice() const noexcept { return halves<0, 0>(); }
    [[gnu::always_inline]] lanes second_twice() const noexcept { return halves<1, 1>(); }
    [[gnu::always_inline]] lanes halves_exchanged() const noexcept { return halves<1, 0>(); }

    friend lanes operator+(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] + b.at_[i];
        return r;
    }
    friend lanes operator-(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] - b.at_[i];
        return r;
    }
    friend lanes operator*(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i];
        return r;
    }
    friend lanes operator*(double a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a * b.at_[i];
        return r;
    }
    friend lanes operator/(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] / b.at_[i];
        return r;
    }
    /// Where a > b of x, elsewhere of y.
    friend lanes where_above(const lanes& a, const lanes& b, const lanes& x, const lanes& y) noexcept
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
    /// a b + c, in one statement so that compilers may fuse it; a may be one number for all lanes.
    friend lanes fmadd(const lanes& a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] * b.at_[i] + c.at_[i];
        return r;
    }
    friend lanes fmadd(double a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a * b.at_[i] + c.at_[i];
        return r;
    }
    /// c - a b; a may be one number for all lanes.
    friend lanes fnmadd(double a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a * b.at_[i];
        return r;
    }
    friend lanes fnmadd(const lanes& a, const lanes& b, const lanes& c) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = c.at_[i] - a.at_[i] * b.at_[i];
        return r;
    }
    friend lanes max(const lanes& a, const lanes& b) noexcept
    {
        lanes r;
        for (int i = 0; i < parts; ++i) r.at_[i] = a.at_[i] > b.at_[i] ? a.at_[i] : b.at_[i];
        return r;
    }
    friend lanes abs(const lanes& a) noexcept { return max(a, -1.0 * a); }
    friend double sum_of(const lanes& a) noexcept
    {
        double sum = a[0];
        for (int i = 1; i < N; ++i) sum += a[i];
        return sum;
    }
    /// The largest lane. A NaN may be passed over, here and in `max`.
    friend double largest(const lanes& a) noexcept
    {
        double most = a[0];
        for (int i = 1; i < N; ++i) most = a[i] > most ? a[i] : most;
        return most;
    }

private:
    template <int first, int second>
    [[gnu::always_inline]] lanes halves() const noexcept
    {
        lanes r;
        if constexpr (parts % 2 == 0)
            for (int i = 0; i < parts / 2; ++i)
                r.at_[i] = at_[first * (parts / 2) + i], r.at_[parts / 2 + i] = at_[second * (parts / 2) + i];
        else if constexpr (width == 4) r.at_[0] = shuffled<2 * first, 2 * first + 1, 2 * second, 2 * second + 1>(at_[0]);
        else
            for (int i = 0; i < N / 2; ++i) r.set(i, (*this)[first * (N / 2) + i]), r.set(N / 2 + i, (*this)[second * (N / 2) + i]);
        return r;
    }
    /// Numbers of a vector by their places, in one instruction: moved one by one, g++ 12 takes them through memory.
    template <int... places>
    [[gnu::always_inline]] static auto shuffled(const part& of) noexcept
    {
#if defined(__clang__) || __GNUC__ >= 12
        return __builtin_shufflevector(of, of, places...);
#else
        return typename vector_of<sizeof...(places)>::type{of[places]...};
#endif
    }
};
static_assert(sizeof(lanes<1>) == 8 && sizeof(lanes<2>) == 16 && sizeof(lanes<3>) == 24 && sizeof(lanes<4>) == 32);
static_assert(alignof(lanes<1>) == 8 && alignof(lanes<2>) == 16 && alignof(lanes<3>) == 8 && alignof(lanes<4>) == 32);

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
