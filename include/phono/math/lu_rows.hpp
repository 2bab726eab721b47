// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// 64 columns of a row, a bit each.
using lu_places = unsigned long long;

/// How many words of places a row of n columns has.
[[nodiscard]] constexpr int lu_words(int n) noexcept { return n > 0 ? (n + 63) / 64 : 1; }

/// The columns of a word that are less than i.
[[nodiscard]] constexpr lu_places columns_below(int i, int word) noexcept
{
    const int count = i - 64 * word;
    return count <= 0 ? lu_places{} : count >= 64 ? ~lu_places{} : (lu_places{1} << count) - 1;
}

/// The power of two that brings `largest` into [1, 2), or 1 where `largest` is 0 or not finite.
[[nodiscard]] constexpr double unit_scale(double largest) noexcept
{
    if (!(largest > 0.0) || !is_finite(largest)) return 1.0;
    constexpr std::uint64_t bias = 1023, most = 2 * bias - 1;   // of the exponents of normal numbers
    const std::uint64_t exponent = std::bit_cast<std::uint64_t>(largest) >> 52;
    return std::bit_cast<double>((exponent < most ? most - exponent : 1) << 52);   // of the largest half as much, which is normal
}

/// The algorithm of math::lu on the room of one, of n rows: compiled once for each type of entries, not for each size. T is const where
/// there are factors already; `words` are those of places in a row, nearly always one.
///
/// A circuit's matrix is mostly zeros, and so are its factors: only the other entries are visited. Which they are is kept as one bit each.
template <class T, int words>
struct lu_rows {
    template <class X>
    using like = std::conditional_t<std::is_const_v<T>, const X, X>;
    using value = std::remove_const_t<T>;

    T* factors;
    like<double>* row_scale;
    like<double>* column_scale;
    like<int>* order;
    like<lu_places>* used;
    int n;
    int stride;   ///< of rows of factors

    /// Puts the factors of a matrix into its place and returns its first column that depends on those before it, or -1. `largest` is room
    /// for n numbers.
    constexpr int factor(double* largest) const noexcept
    {
        for (int i = 0; i < n; ++i) {
            const T* const row = factors + i * stride;
            lu_places* const places = used + i * words;
            for (int j = 0; j < n; ++j) places[j / 64] |= static_cast<lu_places>(row[j] == value{} ? 0 : 1) << (j % 64);
            row_scale[i] = column_scale[i] = 1.0;
            order[i] = i;
        }
        equilibrate(largest);
        int singular = -1;
        for (int k = 0; k < n; ++k)
            if (!eliminate(k) && singular < 0) singular = k;
        forget_zeros();
        return singular;
    }

    /// Solves A x = b for x.
    constexpr void solve(const value* b, value* x) const noexcept
    {
        for (int i = 0; i < n; ++i) {
            const T* const row = factors + i * stride;
            const int from = order[i];
            value sum = row_scale[from] * b[from];
            for (int w = 0; w < words; ++w)
                for (lu_places m = used[i * words + w] & columns_below(i, w); m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    sum -= row[j] * x[j];
                }
            x[i] = sum;
        }
        for (int i = n - 1; i >= 0; --i) {
            const T* const row = factors + i * stride;
            value sum = x[i];
            for (int w = 0; w < words; ++w)
                for (lu_places m = used[i * words + w] & ~columns_below(i + 1, w); m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    sum -= row[j] * x[j];
                }
            x[i] = sum / row[i];
        }
        for (int i = 0; i < n; ++i) x[i] = column_scale[i] * x[i];
    }

private:
    constexpr void equilibrate(double* largest_of_column) const noexcept
    {
        for (int pass = 0; pass < 2; ++pass) {
            for (int j = 0; j < n; ++j) largest_of_column[j] = 0.0;
            for (int i = 0; i < n; ++i) {
                T* const row = factors + i * stride;
                const lu_places* const places = used + i * words;
                double largest = 0.0;
                for (int w = 0; w < words; ++w)
                    for (lu_places m = places[w]; m != 0; m &= m - 1)
                        if (const double size = magnitude(row[64 * w + __builtin_ctzll(m)]); size > largest) largest = size;
                const double scale = unit_scale(largest);
                row_scale[i] *= scale;
                for (int w = 0; w < words; ++w)
                    for (lu_places m = places[w]; m != 0; m &= m - 1) {
                        const int j = 64 * w + __builtin_ctzll(m);
                        row[j] = scale * row[j];
                        if (const double size = magnitude(row[j]); size > largest_of_column[j]) largest_of_column[j] = size;
                    }
            }
            double* const scale = largest_of_column;
            for (int j = 0; j < n; ++j) {
                scale[j] = unit_scale(largest_of_column[j]);
                column_scale[j] *= scale[j];
            }
            for (int i = 0; i < n; ++i) {
                T* const row = factors + i * stride;
                for (int w = 0; w < words; ++w)
                    for (lu_places m = used[i * words + w]; m != 0; m &= m - 1) {
                        const int j = 64 * w + __builtin_ctzll(m);
                        row[j] = scale[j] * row[j];
                    }
            }
        }
    }

    /// False where the column depends on those before it.
    constexpr bool eliminate(int k) const noexcept
    {
        const int word = k / 64;
        const lu_places bit = lu_places{1} << (k % 64);
        int pivot = k;
        double largest = magnitude(factors[k * stride + k]);
        for (int i = k + 1; i < n; ++i) {
            if ((used[i * words + word] & bit) == 0) continue;
            if (const double size = magnitude(factors[i * stride + k]); size > largest) largest = size, pivot = i;
        }
        if (!(largest > n * epsilon_of<value>)) return false;   // the scaled entries are of size 1
        if (pivot != k) {
            for (int j = 0; j < n; ++j) std::swap(factors[pivot * stride + j], factors[k * stride + j]);
            for (int w = 0; w < words; ++w) std::swap(used[pivot * words + w], used[k * words + w]);
            std::swap(order[pivot], order[k]);
        }
        const T* const upper = factors + k * stride;
        for (int i = k + 1; i < n; ++i) {
            T* const lower = factors + i * stride;
            if ((used[i * words + word] & bit) == 0 || lower[k] == value{}) continue;
            const value ratio = lower[k] / upper[k];
            lower[k] = ratio;
            for (int w = 0; w < words; ++w) {
                const lu_places beyond = used[k * words + w] & ~columns_below(k + 1, w);
                used[i * words + w] |= beyond;
                for (lu_places m = beyond; m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    lower[j] -= ratio * upper[j];
                }
            }
        }
        return true;
    }

    /// Removes the places at which elimination left a 0.
    constexpr void forget_zeros() const noexcept
    {
        for (int i = 0; i < n; ++i) {
            const T* const row = factors + i * stride;
            for (int w = 0; w < words; ++w)
                for (lu_places m = used[i * words + w]; m != 0; m &= m - 1)
                    if (row[64 * w + __builtin_ctzll(m)] == value{}) used[i * words + w] &= ~(m & (~m + 1));
        }
    }
};

/// A system (real + w imaginary) x = b of as many unknowns as there are factors with which it is solved.
struct lu_likeness {
    rows<const double> real, imaginary;
    complex w;
    const double* b;
};

/// Room for solve_alike_rows: a matrix and two vectors.
struct lu_room {
    complex* upper;
    complex* inverse_pivot;
    complex* x;
};

/// What lu::solve_alike computes, for any size.
template <int words>
[[nodiscard]] constexpr complex solve_alike_rows(const lu_rows<const double, words>& like, const lu_likeness& other, const lu_room& room,
                                                 int unknown) noexcept
{
    const int n = like.n;
    const complex w = other.w;
    for (int i = 0; i < n; ++i) {
        const int from = like.order[i];
        const double scale = like.row_scale[from];
        const double *const real = other.real[from], *const imaginary = other.imaginary[from];
        const lu_places* const places = like.used + std::ptrdiff_t{i} * words;
        complex* const row = room.upper + std::ptrdiff_t{i} * n;
        for (int word = 0; word < words; ++word)
            for (lu_places m = places[word]; m != 0; m &= m - 1) {
                const int j = 64 * word + __builtin_ctzll(m);
                const double size = scale * like.column_scale[j], along = size * imaginary[j];
                row[j] = {size * real[j] + along * w.re, along * w.im};
            }
        complex sum{scale * other.b[from]};
        for (int word = 0; word < words; ++word)
            for (lu_places m = places[word] & columns_below(i, word); m != 0; m &= m - 1) {
                const int k = 64 * word + __builtin_ctzll(m);
                const complex ratio = row[k] * room.inverse_pivot[k];
                const complex* const above = room.upper + std::ptrdiff_t{k} * n;
                for (int next = 0; next < words; ++next)
                    for (lu_places o = like.used[k * words + next] & ~columns_below(k + 1, next); o != 0; o &= o - 1) {
                        const int j = 64 * next + __builtin_ctzll(o);
                        row[j].re -= ratio.re * above[j].re - ratio.im * above[j].im;
                        row[j].im -= ratio.re * above[j].im + ratio.im * above[j].re;
                    }
                sum -= ratio * room.x[k];
            }
        room.inverse_pivot[i] = complex{1.0} / row[i];
        room.x[i] = sum;
    }
    for (int i = n - 1; i >= unknown; --i) {
        const complex* const row = room.upper + std::ptrdiff_t{i} * n;
        complex sum = room.x[i];
        for (int word = 0; word < words; ++word)
            for (lu_places m = like.used[i * words + word] & ~columns_below(i + 1, word); m != 0; m &= m - 1) {
                const int j = 64 * word + __builtin_ctzll(m);
                sum -= row[j] * room.x[j];
            }
        room.x[i] = sum * room.inverse_pivot[i];
    }
    return like.column_scale[unknown] * room.x[unknown];
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
