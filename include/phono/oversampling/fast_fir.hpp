// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/transposition.hpp>
#include <phono/math/wide_vector.hpp>

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
    template <int widest = math::widest_register>
    static void process(const table& h, const T* x, T* y) noexcept
    {
        alignas(64) T samples[rows * columns];
        math::transpose<columns, rows>(x - history, rows, samples, columns);
        // All differences first, then all filters: what is stored has then arrived in memory when it is loaded from other places.
        alignas(64) T differences[differences_size];
        signal parts[filters];
        split_rows<rows, widest>({samples, columns}, differences, parts);
        alignas(64) T sums[filters][4][lanes];
        for (int i = 0; i < filters; ++i) filter_four<widest>(h.of[i], parts[i], sums[i]);
        alignas(64) T found[rows][lanes];
        join_rows<rows, widest>(sums, found);
        math::transpose<rows, lanes>(found[0], lanes, y, rows);
    }

private:
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

    /// Rows that lie `stride` numbers apart.
    struct signal {
        const T* x = nullptr;
        std::ptrdiff_t stride = 0;
    };
    static constexpr int differences_size = (rows == 16 ? 2 * 8 + 3 * 2 * 4 : rows == 8 ? 2 * 4 : 1) * columns;

    /// Splits so many rows into the signals of four that the filters take; returns the end of the differences in them.
    template <int count, int widest>
    [[gnu::always_inline]] static T* split_rows(const signal& from, T* differences, signal* parts) noexcept
    {
        if constexpr (count == 4) {
            *parts = from;
            return differences;
        } else {
            using vector = math::wide_vector<T, 8, widest>;
            constexpr int half = count / 2, third = count == 16 ? 3 : 1;
            T *const ahead = differences, *const behind = differences + half * columns;   // o[p-1] - e[p] and e[p] - o[p]
            for (std::ptrdiff_t k = 0; k < half; ++k)
                for (std::ptrdiff_t c = 0; c < columns; c += lanes) {
                    const T* const even = from.x + 2 * k * from.stride + c;
                    // Of the first column no earlier one is known, nor reached by any tap.
                    const T* const odd_before = k > 0 ? even - from.stride : from.x + (count - 1) * from.stride + c - 1;
                    const vector e = vector::from(even);
                    (vector::from(odd_before) - e).to(ahead + k * columns + c);
                    (e - vector::from(even + from.stride)).to(behind + k * columns + c);
                }
            T* end = differences + 2 * half * columns;
            end = split_rows<half, widest>({ahead, columns}, end, parts);
            end = split_rows<half, widest>({from.x, 2 * from.stride}, end, parts + third);
            return split_rows<half, widest>({behind, columns}, end, parts + 2 * third);
        }
    }

    /// Puts the filters' sums together to so many rows.
    template <int count, int widest>
    [[gnu::always_inline]] static void join_rows(const T (*sums)[4][lanes], T (*found)[lanes]) noexcept
    {
        using vector = math::wide_vector<T, 8, widest>;
        if constexpr (count == 4)
            for (int k = 0; k < 4; ++k) vector::from((*sums)[k]).to(found[k]);
        else {
            constexpr int half = count / 2, third = count == 16 ? 3 : 1;
            alignas(64) T a[half][lanes], b[half][lanes], c[half][lanes];
            join_rows<half, widest>(sums, a);
            join_rows<half, widest>(sums + third, b);
            join_rows<half, widest>(sums + 2 * third, c);
            for (std::ptrdiff_t k = 0; k < half; ++k) {
                const vector both = vector::from(b[k]);
                (vector::from(a[k]) + both).to(found[2 * k]);
                (both - vector::from(c[k])).to(found[2 * k + 1]);
            }
        }
    }

    /// The plain sum, for four rows.
    template <int widest>
    [[gnu::always_inline]] static void filter_four(const T (&h)[part_length], const signal& from, T (&found)[4][lanes]) noexcept
    {
        using vector = math::wide_vector<T, 8, widest>;
        const T* const latest = from.x + columns_before;
        const T* const at[4] = {latest, latest + from.stride, latest + 2 * from.stride, latest + 3 * from.stride};
        constexpr int oldest = 4 * ((part_length + 3) / 4);   // so many samples before the first, so that it is in row 0
        const auto load = [&at](int n) __attribute__((always_inline))
        {
            return vector::from(at[n % 4] + (n / 4 - oldest / 4));
        };   // n from the oldest on
        constexpr int first = oldest - (part_length - 1);
        vector row[4];
        for (int n = first; n < first + 3; ++n) row[n % 4] = load(n);
        constexpr int chains = vector::is_one_register ? 2 : 1;   // so that none waits for its last sum, as far as there are registers
        vector sum[chains][4];
        for (auto& chain : sum)
            for (vector& v : chain) v = vector::all(T{});
        const auto add = [&]<int n>(std::integral_constant<int, n>) __attribute__((always_inline))
        {
            constexpr int k = first + n;
            row[(k + 3) % 4] = load(k + 3);
            const vector tap = vector::all(h[part_length - 1 - n]);
            vector(&to)[4] = sum[n % chains];
            to[0] = fmadd(tap, row[k % 4], to[0]), to[1] = fmadd(tap, row[(k + 1) % 4], to[1]);
            to[2] = fmadd(tap, row[(k + 2) % 4], to[2]), to[3] = fmadd(tap, row[(k + 3) % 4], to[3]);
        };
        [&]<int... n>(std::integer_sequence<int, n...>) __attribute__((always_inline)) { (add(std::integral_constant<int, n>{}), ...); }
        (std::make_integer_sequence<int, part_length>{});
        for (int k = 0; k < 4; ++k) (chains == 2 ? sum[0][k] + sum[chains - 1][k] : sum[0][k]).to(found[k]);
    }
};

#else

template <class T, int length, int rows>
class fast_fir;

#endif

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
