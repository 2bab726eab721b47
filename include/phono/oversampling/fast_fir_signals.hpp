// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/transposition.hpp>
#include <phono/math/wide_vector.hpp>

#include <cstddef>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

#if defined(__GNUC__) && defined(__LP64__)

/// What the filters of a fast FIR take: signals of four rows each, which are rows of the samples and differences of such rows.
///
/// Row k holds samples k, k + rows, k + 2 rows and so on. With rows e for even and o for odd samples apart, there are o[p-1] - e[p], then e,
/// then e[p] - o[p], of half as many rows each, and so on until there are four. All of it happens in registers, from neighbouring samples to
/// the rows that are stored.
template <class T, int rows, int columns>
struct fast_fir_signals {
    static_assert(rows == 4 || rows == 8 || rows == 16);
    static constexpr int count = rows == 4 ? 1 : rows == 8 ? 3 : 9;

    alignas(64) T of[count][4][columns];   ///< aligned as vectors are stored

    /// Takes rows * columns samples, beginning with x.
    template <int widest = math::widest_register>
    [[gnu::always_inline]] void take(const T* x) noexcept
    {
        constexpr int width = 8 < widest / static_cast<int>(sizeof(T)) ? 8 : widest / static_cast<int>(sizeof(T));
        using vector = math::wide_vector<T, width, widest>;
        static_assert(vector::is_one_register);
        if constexpr (rows % vector::row_length != 0) {
            static_assert(rows == 4);
            math::transpose<columns, rows, T, widest / 8>(x, rows, of[0][0], columns);
        } else {
            vector last[rows == 16 ? 4 : 1];   // before the first column no sample is known, nor reached by any tap
            for (vector& v : last) v = vector::all(T{});
#pragma GCC unroll 1
            for (std::ptrdiff_t column = 0; column < columns; column += width) {
                vector row[rows];
#pragma GCC unroll 4
                for (int first = 0; first < rows; first += vector::row_length) {
                    vector some[vector::row_length];
                    vector::from_rows([x, column, first](int lane) { return x + (column + lane) * rows + first; }, some);
#pragma GCC unroll 8
                    for (int k = 0; k < vector::row_length; ++k) row[first + k] = some[k];
                }
                split(row, last, of, column);
            }
        }
    }

private:
    /// Stores a column of so many rows as signals; `last` are the columns before of those rows that a later one is subtracted from.
    template <class Vector, int lines>
    [[gnu::always_inline]] static void split(const Vector (&row)[lines], Vector* last, T (*to)[4][columns], std::ptrdiff_t column) noexcept
    {
        if constexpr (lines == 4) {
#pragma GCC unroll 4
            for (int k = 0; k < 4; ++k) row[k].to(to[0][k] + column);
        } else {
            constexpr int half = lines / 2, third = half == 8 ? 3 : 1;
            Vector part[half];
            part[0] = row[lines - 1].behind(last[0]) - row[0];
            last[0] = row[lines - 1];
#pragma GCC unroll 8
            for (int k = 1; k < half; ++k) part[k] = row[2 * k - 1] - row[2 * k];
            split(part, last + 1, to, column);
#pragma GCC unroll 8
            for (int k = 0; k < half; ++k) part[k] = row[2 * k];
            split(part, last + 2, to + third, column);
#pragma GCC unroll 8
            for (int k = 0; k < half; ++k) part[k] = row[2 * k] - row[2 * k + 1];
            split(part, last + 3, to + 2 * third, column);
        }
    }
};

#endif

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
