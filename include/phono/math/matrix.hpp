// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

#include <utility>

namespace phono::math {

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

    constexpr T& operator()(int i, int j) noexcept { return row[i][j]; }
    constexpr const T& operator()(int i, int j) const noexcept { return row[i][j]; }
};

/// LU factors of a matrix, with partial pivoting, after its rows and columns have been scaled to similar size by powers of
/// two. A circuit's matrix mixes picosiemens, kilosiemens and unit entries: without the scaling, pivoting would compare
/// entries of different units.
///
/// Aligned, because g++ 12 with AVX-512 takes a local matrix of complex numbers to be aligned to 32 bytes, places it where it is not, and
/// the program ends.
template <class T, int N>
class alignas(64) lu {
public:
    constexpr explicit lu(const matrix<T, N>& a) noexcept : factors_(a)
    {
        equilibrate();
        for (int i = 0; i < N; ++i) order_[i] = i;
        for (int k = 0; k < N; ++k) eliminate(k);
    }

    /// False if the matrix is singular: in a circuit, a node without a path or a loop without resistance.
    [[nodiscard]] constexpr bool regular() const noexcept { return singular_column_ < 0; }
    /// The first column that is linearly dependent on those before it, or -1.
    [[nodiscard]] constexpr int singular_column() const noexcept { return singular_column_; }

    /// Solves A x = b for x. Circuits' sources are sparse: what is 0 is skipped.
    [[nodiscard]] constexpr vector<T, N> solve(const vector<T, N>& b) const noexcept
    {
        vector<T, N> x{};
        for (int i = 0; i < N; ++i) x[i] = row_scale_[order_[i]] * b[order_[i]];
        for (int j = 0; j < N; ++j) {
            if (x[j] == T{}) continue;
            for (int i = j + 1; i < N; ++i) x[i] -= factors_(i, j) * x[j];
        }
        for (int i = N - 1; i >= 0; --i) {
            T sum = x[i];
            for (int j = i + 1; j < N; ++j) sum -= factors_(i, j) * x[j];
            x[i] = sum / factors_(i, i);
        }
        for (int i = 0; i < N; ++i) x[i] = column_scale_[i] * x[i];
        return x;
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

    constexpr void equilibrate() noexcept
    {
        for (int pass = 0; pass < 2; ++pass) {
            for (int i = 0; i < N; ++i) {
                double largest = 0.0;
                for (int j = 0; j < N; ++j)
                    if (const double size = magnitude(factors_(i, j)); size > largest) largest = size;
                const double scale = unit_scale(largest);
                if (scale == 1.0) continue;
                row_scale_[i] *= scale;
                for (int j = 0; j < N; ++j) factors_(i, j) = scale * factors_(i, j);
            }
            for (int j = 0; j < N; ++j) {
                double largest = 0.0;
                for (int i = 0; i < N; ++i)
                    if (const double size = magnitude(factors_(i, j)); size > largest) largest = size;
                const double scale = unit_scale(largest);
                if (scale == 1.0) continue;
                column_scale_[j] *= scale;
                for (int i = 0; i < N; ++i) factors_(i, j) = scale * factors_(i, j);
            }
        }
    }

    constexpr void eliminate(int k) noexcept
    {
        int pivot = k;
        double largest = magnitude(factors_(k, k));
        for (int i = k + 1; i < N; ++i)
            if (const double size = magnitude(factors_(i, k)); size > largest) largest = size, pivot = i;
        if (!(largest > N * epsilon_of<T>)) {   // the scaled entries are of size 1
            if (regular()) singular_column_ = k;
            return;
        }
        if (pivot != k) {
            std::swap(factors_.row[pivot], factors_.row[k]);
            std::swap(order_[pivot], order_[k]);
        }
        int column[N > 0 ? N : 1]{}, columns = 0;   // where the pivot's row is not 0
        for (int j = k + 1; j < N; ++j)
            if (factors_(k, j) != T{}) column[columns++] = j;
        for (int i = k + 1; i < N; ++i) {
            if (factors_(i, k) == T{}) continue;
            const T ratio = factors_(i, k) / factors_(k, k);
            factors_(i, k) = ratio;
            for (int m = 0; m < columns; ++m) factors_(i, column[m]) -= ratio * factors_(k, column[m]);
        }
    }

    [[nodiscard]] static constexpr vector<double, N> ones() noexcept
    {
        vector<double, N> v{};
        for (double& x : v) x = 1.0;
        return v;
    }

    matrix<T, N> factors_;
    vector<double, N> row_scale_ = ones();
    vector<double, N> column_scale_ = ones();
    vector<int, N> order_{};
    int singular_column_ = -1;
};

}   // namespace phono::math
