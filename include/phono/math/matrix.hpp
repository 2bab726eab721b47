// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

#include <bit>
#include <concepts>
#include <cstdint>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// A vector of fixed length, indexed by int.
template <class T, int N>
struct vector {
    T entry[N > 0 ? N : 1]{};   // NOLINT(bugprone-branch-clone): one entry where there is none

    constexpr T& operator[](int i) noexcept { return entry[i]; }
    constexpr const T& operator[](int i) const noexcept { return entry[i]; }
    [[nodiscard]] constexpr T* begin() noexcept { return entry; }
    [[nodiscard]] constexpr T* end() noexcept { return entry + N; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return entry; }
    [[nodiscard]] constexpr const T* end() const noexcept { return entry + N; }
};

/// A small square matrix of fixed size, stored by rows.
template <class T, int N>
struct matrix {
    vector<vector<T, N>, N> row{};

    // Not row[i][j]: a compiler that evaluates a constant pays for every call.
    constexpr T& operator()(int i, int j) noexcept { return row.entry[i].entry[j]; }
    constexpr const T& operator()(int i, int j) const noexcept { return row.entry[i].entry[j]; }
    /// The entries of a row, for the inner loop of an algorithm that is to be cheap in constant expressions.
    [[nodiscard]] constexpr T* operator[](int i) noexcept { return row.entry[i].entry; }
    [[nodiscard]] constexpr const T* operator[](int i) const noexcept { return row.entry[i].entry; }
};

/// LU factors of a matrix, with partial pivoting, after its rows and columns have been scaled to similar size by powers of
/// two. A circuit's matrix mixes picosiemens, kilosiemens and unit entries: without the scaling, pivoting would compare
/// entries of different units.
///
/// A circuit's matrix is mostly zeros, and so are its factors: only the other entries are visited. Which they are is kept as one bit each,
/// 64 columns to a word.
///
/// Aligned, because g++ 12 with AVX-512 takes a local matrix of complex numbers to be aligned to 32 bytes, places it where it is not, and
/// the program ends.
template <class T, int N>
class alignas(64) lu {
public:
    constexpr explicit lu(const matrix<T, N>& a) noexcept : factors_(a)
    {
        const T zero{};
        for (int i = 0; i < N; ++i) {
            const T* const row = factors_[i];
            places* const used = used_[i];
            for (int j = 0; j < N; ++j) used[j / 64] |= static_cast<places>(row[j] == zero ? 0 : 1) << (j % 64);
        }
        equilibrate();
        for (int i = 0; i < N; ++i) order_.entry[i] = i;
        for (int k = 0; k < N; ++k) eliminate(k);
        forget_zeros();
    }

    /// False if the matrix is singular: in a circuit, a node without a path or a loop without resistance.
    [[nodiscard]] constexpr bool regular() const noexcept { return singular_column_ < 0; }
    /// The first column that is linearly dependent on those before it, or -1.
    [[nodiscard]] constexpr int singular_column() const noexcept { return singular_column_; }

    /// Solves A x = b for x.
    [[nodiscard]] constexpr vector<T, N> solve(const vector<T, N>& b) const noexcept
    {
        vector<T, N> solution{};
        T* const x = solution.entry;
        for (int i = 0; i < N; ++i) {
            const T* const row = factors_[i];
            const int from = order_.entry[i];
            T sum = row_scale_.entry[from] * b.entry[from];
            for (int w = 0; w < words; ++w)
                for (places m = used_[i][w] & below(i, w); m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    sum -= row[j] * x[j];
                }
            x[i] = sum;
        }
        for (int i = N - 1; i >= 0; --i) {
            const T* const row = factors_[i];
            T sum = x[i];
            for (int w = 0; w < words; ++w)
                for (places m = used_[i][w] & ~below(i + 1, w); m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    sum -= row[j] * x[j];
                }
            x[i] = sum / row[i];
        }
        for (int i = 0; i < N; ++i) x[i] = column_scale_.entry[i] * x[i];
        return solution;
    }

    /// One unknown of another system, (real + w imaginary) x = b with w complex, whose matrix is not 0 in the same places as this regular
    /// one and has entries of about the same sizes: with this one's scaling, order of pivots and places, which saves to look for them. No
    /// test is made of whether they suit: where the result matters, it is to be compared.
    [[nodiscard]] constexpr complex solve_alike(const matrix<T, N>& real, const matrix<T, N>& imaginary, complex w, const vector<T, N>& b,
                                                int unknown) const noexcept requires std::same_as<T, double>
    {
        matrix<complex, N> upper;
        vector<complex, N> inverse_pivot, x;
        for (int i = 0; i < N; ++i) {
            const int from = order_.entry[i];
            const double scale = row_scale_.entry[from];
            complex* const row = upper[i];
            for (int word = 0; word < words; ++word)
                for (places m = used_[i][word]; m != 0; m &= m - 1) {
                    const int j = 64 * word + __builtin_ctzll(m);
                    const double size = scale * column_scale_.entry[j], along = size * imaginary[from][j];
                    row[j] = {size * real[from][j] + along * w.re, along * w.im};
                }
            complex sum{scale * b.entry[from]};
            for (int word = 0; word < words; ++word)
                for (places m = used_[i][word] & below(i, word); m != 0; m &= m - 1) {
                    const int k = 64 * word + __builtin_ctzll(m);
                    const complex ratio = row[k] * inverse_pivot.entry[k];
                    const complex* const above = upper[k];
                    for (int other = 0; other < words; ++other)
                        for (places n = used_[k][other] & ~below(k + 1, other); n != 0; n &= n - 1) {
                            const int j = 64 * other + __builtin_ctzll(n);
                            row[j].re -= ratio.re * above[j].re - ratio.im * above[j].im;
                            row[j].im -= ratio.re * above[j].im + ratio.im * above[j].re;
                        }
                    sum -= ratio * x.entry[k];
                }
            inverse_pivot.entry[i] = complex{1.0} / row[i];
            x.entry[i] = sum;
        }
        for (int i = N - 1; i >= unknown; --i) {
            const complex* const row = upper[i];
            complex sum = x.entry[i];
            for (int word = 0; word < words; ++word)
                for (places m = used_[i][word] & ~below(i + 1, word); m != 0; m &= m - 1) {
                    const int j = 64 * word + __builtin_ctzll(m);
                    sum -= row[j] * x.entry[j];
                }
            x.entry[i] = sum * inverse_pivot.entry[i];
        }
        return column_scale_.entry[unknown] * x.entry[unknown];
    }

private:
    using places = unsigned long long;
    static constexpr int words = N > 0 ? (N + 63) / 64 : 1;

    /// The columns of a word that are less than i.
    [[nodiscard]] static constexpr places below(int i, int word) noexcept
    {
        const int count = i - 64 * word;
        return count <= 0 ? places{} : count >= 64 ? ~places{} : (places{1} << count) - 1;
    }

    /// The power of two that brings `largest` into [1, 2), or 1 where `largest` is 0 or not finite.
    [[nodiscard]] static constexpr double unit_scale(double largest) noexcept
    {
        if (!(largest > 0.0) || !is_finite(largest)) return 1.0;
        constexpr std::uint64_t bias = 1023, most = 2 * bias - 1;   // of the exponents of normal numbers
        const std::uint64_t exponent = std::bit_cast<std::uint64_t>(largest) >> 52;
        return std::bit_cast<double>((exponent < most ? most - exponent : 1) << 52);   // of the largest half as much, which is normal
    }

    constexpr void equilibrate() noexcept
    {
        for (int pass = 0; pass < 2; ++pass) {
            double largest_of_column[N > 0 ? N : 1]{};
            for (int i = 0; i < N; ++i) {
                T* const row = factors_[i];
                const places* const used = used_[i];
                double largest = 0.0;
                for (int w = 0; w < words; ++w)
                    for (places m = used[w]; m != 0; m &= m - 1)
                        if (const double size = magnitude(row[64 * w + __builtin_ctzll(m)]); size > largest) largest = size;
                const double scale = unit_scale(largest);
                row_scale_.entry[i] *= scale;
                for (int w = 0; w < words; ++w)
                    for (places m = used[w]; m != 0; m &= m - 1) {
                        const int j = 64 * w + __builtin_ctzll(m);
                        row[j] = scale * row[j];
                        if (const double size = magnitude(row[j]); size > largest_of_column[j]) largest_of_column[j] = size;
                    }
            }
            double scale[N > 0 ? N : 1]{};
            for (int j = 0; j < N; ++j) {
                scale[j] = unit_scale(largest_of_column[j]);
                column_scale_.entry[j] *= scale[j];
            }
            for (int i = 0; i < N; ++i) {
                T* const row = factors_[i];
                for (int w = 0; w < words; ++w)
                    for (places m = used_[i][w]; m != 0; m &= m - 1) {
                        const int j = 64 * w + __builtin_ctzll(m);
                        row[j] = scale[j] * row[j];
                    }
            }
        }
    }

    constexpr void eliminate(int k) noexcept
    {
        const T zero{};
        const int word = k / 64;
        const places bit = places{1} << (k % 64);
        int pivot = k;
        double largest = magnitude(factors_[k][k]);
        int row[N > 0 ? N : 1]{}, rows = 0;   // where the column is not 0
        for (int i = k; i < N; ++i) {
            if ((used_[i][word] & bit) == 0) continue;
            row[rows++] = i;
            if (const double size = magnitude(factors_[i][k]); size > largest) largest = size, pivot = i;
        }
        if (!(largest > N * epsilon_of<T>)) {   // the scaled entries are of size 1
            if (regular()) singular_column_ = k;
            return;
        }
        if (pivot != k) {
            std::swap(factors_.row.entry[pivot], factors_.row.entry[k]);
            std::swap(order_.entry[pivot], order_.entry[k]);
            for (int w = 0; w < words; ++w) std::swap(used_[pivot][w], used_[k][w]);
        }
        const T* const upper = factors_[k];
        for (int r = 0; r < rows; ++r) {
            T* const lower = factors_[row[r]];
            if (row[r] == k || lower[k] == zero) continue;   // zero where the former row k now stands
            const T ratio = lower[k] / upper[k];
            lower[k] = ratio;
            for (int w = 0; w < words; ++w) {
                const places beyond = used_[k][w] & ~below(k + 1, w);
                used_[row[r]][w] |= beyond;
                for (places m = beyond; m != 0; m &= m - 1) {
                    const int j = 64 * w + __builtin_ctzll(m);
                    lower[j] -= ratio * upper[j];
                }
            }
        }
    }

    /// Removes the places at which elimination left a 0.
    constexpr void forget_zeros() noexcept
    {
        const T zero{};
        for (int i = 0; i < N; ++i) {
            const T* const row = factors_[i];
            for (int w = 0; w < words; ++w)
                for (places m = used_[i][w]; m != 0; m &= m - 1)
                    if (row[64 * w + __builtin_ctzll(m)] == zero) used_[i][w] &= ~(m & (~m + 1));
        }
    }

    [[nodiscard]] static constexpr vector<double, N> ones() noexcept
    {
        vector<double, N> v{};
        for (int i = 0; i < N; ++i) v.entry[i] = 1.0;
        return v;
    }

    matrix<T, N> factors_;
    vector<double, N> row_scale_ = ones();
    vector<double, N> column_scale_ = ones();
    vector<int, N> order_{};
    places used_[N > 0 ? N : 1][words]{};   ///< which entries are not 0
    int singular_column_ = -1;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
