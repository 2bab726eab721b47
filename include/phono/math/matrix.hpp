// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

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
/// A circuit's matrix is mostly zeros, and so are its factors: only the other entries are visited.
///
/// Aligned, because g++ 12 with AVX-512 takes a local matrix of complex numbers to be aligned to 32 bytes, places it where it is not, and
/// the program ends.
template <class T, int N>
class alignas(64) lu {
public:
    constexpr explicit lu(const matrix<T, N>& a) noexcept : factors_(a)
    {
        find_places();
        equilibrate();
        for (int i = 0; i < N; ++i) order_.entry[i] = i;
        for (int k = 0; k < N; ++k) eliminate(k);
        find_places();
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
            const short* const place = places_[i];
            const int from = order_.entry[i];
            T sum = row_scale_.entry[from] * b.entry[from];
            for (int m = 0; m < lower_.entry[i]; ++m) sum -= row[place[m]] * x[place[m]];
            x[i] = sum;
        }
        for (int i = N - 1; i >= 0; --i) {
            const T* const row = factors_[i];
            const short* const place = places_[i];
            T sum = x[i];
            for (int m = lower_.entry[i] + 1; m < count_.entry[i]; ++m) sum -= row[place[m]] * x[place[m]];
            x[i] = sum / row[i];
        }
        for (int i = 0; i < N; ++i) x[i] = column_scale_.entry[i] * x[i];
        return solution;
    }

private:
    /// The power of two that brings `largest` into [1, 2), or 1 where `largest` is 0 or not finite.
    [[nodiscard]] static constexpr double unit_scale(double largest) noexcept
    {
        double scale = 1.0;
        if (!(largest > 0.0) || !is_finite(largest)) return scale;
        for (; largest * scale >= 2.0;) scale *= 0.5;
        for (; largest * scale < 1.0;) scale *= 2.0;
        return scale;
    }

    /// Lists the entries of each row that are not 0, and the one on the diagonal.
    constexpr void find_places() noexcept
    {
        const T zero{};
        for (int i = 0; i < N; ++i) {
            const T* const row = factors_[i];
            short* const place = places_[i];
            int count = 0;
            for (int j = 0; j < N; ++j) {
                if (j == i) lower_.entry[i] = count;
                else if (row[j] == zero) continue;
                place[count++] = static_cast<short>(j);
            }
            count_.entry[i] = count;
        }
    }

    constexpr void equilibrate() noexcept
    {
        for (int pass = 0; pass < 2; ++pass) {
            for (int i = 0; i < N; ++i) {
                T* const row = factors_[i];
                const short* const place = places_[i];
                double largest = 0.0;
                for (int m = 0; m < count_.entry[i]; ++m)
                    if (const double size = magnitude(row[place[m]]); size > largest) largest = size;
                const double scale = unit_scale(largest);
                if (scale == 1.0) continue;
                row_scale_.entry[i] *= scale;
                for (int m = 0; m < count_.entry[i]; ++m) row[place[m]] = scale * row[place[m]];
            }
            double largest[N > 0 ? N : 1]{}, scale[N > 0 ? N : 1]{};
            for (int i = 0; i < N; ++i)
                for (int m = 0; m < count_.entry[i]; ++m) {
                    const int j = places_[i][m];
                    if (const double size = magnitude(factors_[i][j]); size > largest[j]) largest[j] = size;
                }
            for (int j = 0; j < N; ++j) {
                scale[j] = unit_scale(largest[j]);
                column_scale_.entry[j] *= scale[j];
            }
            for (int i = 0; i < N; ++i)
                for (int m = 0; m < count_.entry[i]; ++m)
                    if (const int j = places_[i][m]; scale[j] != 1.0) factors_[i][j] = scale[j] * factors_[i][j];
        }
    }

    constexpr void eliminate(int k) noexcept
    {
        const T zero{};
        int pivot = k;
        double largest = magnitude(factors_[k][k]);
        int row[N > 0 ? N : 1]{}, rows = 0;   // where the column is not 0
        for (int i = k; i < N; ++i) {
            if (factors_[i][k] == zero) continue;
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
        }
        const T* const upper = factors_[k];
        int column[N > 0 ? N : 1]{}, columns = 0;   // where the pivot's row is not 0
        for (int j = k + 1; j < N; ++j)
            if (!(upper[j] == zero)) column[columns++] = j;
        for (int r = 0; r < rows; ++r) {
            T* const lower = factors_[row[r]];
            if (row[r] == k || lower[k] == zero) continue;   // zero where the former row k now stands
            const T ratio = lower[k] / upper[k];
            lower[k] = ratio;
            for (int m = 0; m < columns; ++m) lower[column[m]] -= ratio * upper[column[m]];
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
    matrix<short, N> places_{};   ///< columns, row by row ...
    vector<int, N> lower_{};      ///< ... of which so many are left of the diagonal
    vector<int, N> count_{};
    int singular_column_ = -1;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
