// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/instruction_sets.hpp>
#include <phono/math/transposition.hpp>
#include <phono/math/wide_vector.hpp>
#include <phono/oversampling/fast_fir_signals.hpp>

#include <cstddef>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Coefficients of a finite impulse response, of the latest sample first.
template <class T, int length>
struct taps {
    T of[length]{};
};

#if defined(__GNUC__) && defined(__LP64__)

/// Filters 8 `rows` samples at once by a finite impulse response, with fewer multiplications than taps: a fast FIR.
///
/// Row k of a block holds its samples k, k + rows, k + 2 rows and so on, side by side in a vector: a sample earlier is the row before, and
/// each load serves four sums. With rows for even and odd samples apart, e and o, and the taps likewise, he and ho, two outputs take three
/// filters of half the length in place of four:
///
///     y_even[p] = a + b,   y_odd[p] = b - c
///     a = ho * (o[p-1] - e[p]),   b = (he + ho) * e[p],   c = he * (e[p] - o[p])
///
/// and each of the three is split again while it has more than four rows: 1, 3/4 or 9/16 of the multiplications with 4, 8 or 16 rows. What
/// rounding adds is relative to the largest sample that the taps reach, as in the plain sum.
///
/// Source: Z.-J. Mou, P. Duhamel, "Short-length FIR filters and their use in fast nonrecursive filtering", IEEE Transactions on Signal
/// Processing 39(6), 1991, pp. 1322-1332.
template <class T, int length, int rows>
class fast_fir {
    static_assert(rows == 4 || rows == 8 || rows == 16);
    static constexpr int lanes = 8, halvings = rows == 4 ? 0 : rows == 8 ? 1 : 2, filters = rows == 4 ? 1 : rows == 8 ? 3 : 9;
    static constexpr int reach = length + rows;   ///< of the taps, and of the samples that zeros multiply
    static constexpr int columns_before = (reach + lanes * rows - 1) / (lanes * rows) * lanes, columns = columns_before + lanes;
    static constexpr int part_length = (length + (1 << halvings) - 1) >> halvings;
    using signals = fast_fir_signals<T, rows, columns>;
    using four_rows = T[4][columns];

public:
    /// Samples that are filtered at once, and earlier ones that have to lie in memory in front of them.
    static constexpr int block = lanes * rows, history = columns_before * rows;

    /// The coefficients as the filter takes them.
    struct table {
        T of[filters][part_length];
    };
    static constexpr table prepared(const taps<T, length>& h) noexcept
    {
        table t{};
        if constexpr (halvings == 0) copy(h, t.of[0]);
        else {
            const auto first = split(h);
            for (int i = 0; i < 3; ++i) {
                if constexpr (halvings == 1) copy(first.of[i], t.of[i]);
                else {
                    const auto second = split(first.of[i]);
                    for (int j = 0; j < 3; ++j) copy(second.of[j], t.of[3 * i + j]);
                }
            }
        }
        return t;
    }

    /// Filters a block; `history` samples lie in front of x. y is not x.
    static void process(const table& h, const T* x, T* y) noexcept
    {
        if constexpr (math::may_have_avx2)
            if (math::has_avx2()) return math::run_for_avx2<loop<32, true>>(&h, x, y);
        math::run_as_compiled<loop<math::widest_register, false>>(&h, x, y);
    }
    /// The same with registers of a width, as a type (math::run_as_compiled).
    template <int widest, bool is_for_avx2>
    struct loop {
        template <int>
        [[gnu::always_inline]] static void run(const table* h, const T* x, T* y) noexcept
        {
            fast_fir::run<widest, is_for_avx2>(*h, x, y);
        }
    };

private:
    template <int widest, bool is_for_avx2>
    [[gnu::always_inline]] static void run(const table& h, const T* x, T* y) noexcept
    {
        signals parts;   // all of them first: what is stored has then arrived in memory when it is loaded from other places
        parts.template take<widest>(x - history);
        alignas(64) T sums[filters][4][lanes];
        for (int i = 0; i < filters; ++i) filter_four<widest, is_for_avx2>(h.of[i], parts.of[i], sums[i]);
        put_together<widest>(sums, y);
    }

    template <int count>
    struct halves {
        taps<T, count> of[3];   ///< ho, he + ho, he
    };
    template <int count>
    static constexpr auto split(const taps<T, count>& h) noexcept
    {
        halves<(count + 1) / 2> r{};
        for (int i = 0; i < count; i += 2) {
            const T even = h.of[i], odd = i + 1 < count ? h.of[i + 1] : T{};
            r.of[0].of[i / 2] = odd, r.of[1].of[i / 2] = even + odd, r.of[2].of[i / 2] = even;
        }
        return r;
    }
    static constexpr void copy(const taps<T, part_length>& from, T (&to)[part_length]) noexcept
    {
        for (int i = 0; i < part_length; ++i) to[i] = from.of[i];
    }

    /// Puts the filters' sums together and in order.
    template <int widest>
    [[gnu::always_inline]] static void put_together(const T (&sums)[filters][4][lanes], T* y) noexcept
    {
        using vector = math::wide_vector<T, 8, widest>;
        constexpr int each = rows / 4, tile = vector::row_length;   // rows from one of the filters' four; rows that are transposed at once
        if constexpr (rows % tile == 0) {
            for (int first = 0; first < rows; first += tile) {
                vector square[tile];
#pragma GCC unroll 4
                for (int k = 0; k < tile; k += each) join<rows, widest>(sums, (first + k) / each, square + k);
                vector::to_rows(square, [y, first](int lane) { return y + lane * rows + first; });
            }
        } else {
            alignas(64) T found[rows][lanes];
            for (int k = 0; k < 4; ++k) {
                vector of[each];
                join<rows, widest>(sums, k, of);
                for (int i = 0; i < each; ++i) of[i].to(found[each * k + i]);
            }
            math::transpose<rows, lanes, T, widest / 8>(found[0], lanes, y, rows);
        }
    }
    /// Of so many rows those that come from row k of the filters.
    template <int count, int widest>
    [[gnu::always_inline]] static void join(const T (*sums)[4][lanes], int k, math::wide_vector<T, 8, widest>* found) noexcept
    {
        using vector = math::wide_vector<T, 8, widest>;
        if constexpr (count == 4) *found = vector::from(sums[0][k]);
        else {
            constexpr int half = count / 2, third = count == 16 ? 3 : 1;
            vector a[half / 4], b[half / 4], c[half / 4];
            join<half, widest>(sums, k, a);
            join<half, widest>(sums + third, k, b);
            join<half, widest>(sums + 2 * third, k, c);
            for (std::ptrdiff_t i = 0; i < half / 4; ++i) found[2 * i] = a[i] + b[i], found[2 * i + 1] = b[i] - c[i];
        }
    }

    /// The plain sum, for four rows: of one register's lanes after the other, so that registers hold all that is at hand.
    template <int widest, bool is_for_avx2>
    [[gnu::always_inline]] static void filter_four(const T (&h)[part_length], const four_rows& from, T (&found)[4][lanes]) noexcept
    {
        constexpr int width = lanes < widest / static_cast<int>(sizeof(T)) ? lanes : widest / static_cast<int>(sizeof(T));
        using filter = filter_of_lanes<math::wide_vector<T, width, widest>>;
#pragma GCC unroll 1
        for (int first = 0; first < lanes; first += width)   // by a function of its own, whose registers are all its own
            if constexpr (is_for_avx2) math::run_for_avx2<filter>(&h, &from, &found, first);
            else math::run_as_compiled<filter>(&h, &from, &found, first);
    }
    template <class Vector>
    struct filter_of_lanes {
        template <int>
        [[gnu::always_inline]] static void run(const T (*h)[part_length], const four_rows* from, T (*found)[4][lanes], int first) noexcept
        {
            filter_lanes<Vector>(*h, *from, *found, first);
        }
    };
    template <class Vector>
    [[gnu::always_inline]] static void filter_lanes(const T (&h)[part_length], const four_rows& from, T (&found)[4][lanes],
                                                    int first) noexcept
    {
        static_assert(Vector::is_one_register);
        constexpr int oldest = 4 * ((part_length + 3) / 4);   // so many samples before the first, so that it is in row 0
        const auto load = [&from, first ](int n) __attribute__((always_inline))
        {
            return Vector::from(from[n % 4] + (columns_before + first + n / 4 - oldest / 4));
        };   // n from the oldest on
        constexpr int begin = oldest - (part_length - 1);
        Vector row[4];
        for (int n = begin; n < begin + 3; ++n) row[n % 4] = load(n);
        Vector sum[2][4];   // two chains, so that none waits for its last sum
        for (auto& chain : sum)
            for (Vector& v : chain) v = Vector::all(T{});
        const auto add = [&]<int n>(std::integral_constant<int, n>) __attribute__((always_inline))
        {
            constexpr int k = begin + n;
            row[(k + 3) % 4] = load(k + 3);
            const Vector tap = Vector::all(h[part_length - 1 - n]);
            Vector(&to)[4] = sum[n % 2];
            to[0] = fmadd(tap, row[k % 4], to[0]), to[1] = fmadd(tap, row[(k + 1) % 4], to[1]);
            to[2] = fmadd(tap, row[(k + 2) % 4], to[2]), to[3] = fmadd(tap, row[(k + 3) % 4], to[3]);
        };
        [&]<int... n>(std::integer_sequence<int, n...>) __attribute__((always_inline)) { (add(std::integral_constant<int, n>{}), ...); }
        (std::make_integer_sequence<int, part_length>{});
        for (int k = 0; k < 4; ++k) (sum[0][k] + sum[1][k]).to(found[k] + first);
    }
};

#else

template <class T, int length, int rows>
class fast_fir;

#endif

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
