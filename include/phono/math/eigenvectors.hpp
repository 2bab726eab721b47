// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/eigenvalues.hpp>
#include <phono/math/lu.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// The eigenvalues of a real matrix with their right and left eigenvectors, left . right = 1; of each conjugate pair only the one with
/// the positive imaginary part.
///
/// Eigenvalues by QR, separately for each strongly connected part of the matrix: parts that merely follow one another, such as stages
/// with buffers between them, then keep nearly equal eigenvalues distinct to the last digits. Eigenvectors by inverse iteration, each from
/// its own starting vector, so that a repeated eigenvalue gets independent ones. The left vectors are then combined so that each is
/// orthogonal to all the other right ones: the matrix is the sum of value right left^T, to within rounding divided by the distance between
/// the two nearest eigenvalues (for m close together, by its power m - 1).
/// Eigenvalues smaller in magnitude than `least` are left out.
/// Errors: found() is false where QR fails to converge, or eigenvectors cannot be told apart (a Jordan block).
template <int N>
class eigenvectors {
public:
    struct triple {
        complex value{};
        vector<complex, N> right{}, left{};
    };

    constexpr eigenvectors(matrix<double, N> m, double least) noexcept
    {
        remove_rounding(m);
        if (!find(m, least)) return;
        found_ = make_orthogonal();
        for (int n = 0; n < count_ && found_; ++n) {   // Rayleigh quotient
            triple& t = all_[n];
            complex sum{};
            for (int i = 0; i < N; ++i)
                for (int k = 0; k < N; ++k) sum += t.left[i] * (m(i, k) * t.right[k]);
            t.value = t.value.im == 0.0 ? complex{sum.re} : sum;
            found_ = is_finite(sum);
        }
    }

    [[nodiscard]] constexpr bool found() const noexcept { return found_; }
    [[nodiscard]] constexpr int count() const noexcept { return count_; }
    constexpr const triple& operator[](int n) const noexcept { return all_[n]; }

private:
    /// Sets to zero the entries that are only rounding in their row and contribute to no loop.
    static constexpr void remove_rounding(matrix<double, N>& m) noexcept
    {
        constexpr double negligible = 1e-13;
        const matrix<double, N> all = m;
        for (int i = 0; i < N; ++i) {
            double largest = 0.0;
            for (int k = 0; k < N; ++k) largest = abs(all(i, k)) > largest ? abs(all(i, k)) : largest;
            for (int k = 0; k < N; ++k)
                if (abs(all(i, k)) < epsilon * largest && abs(all(i, k) * all(k, i)) < negligible * abs(all(i, i) * all(k, k)))
                    m(i, k) = 0.0;
        }
    }

    /// Eigenvalues and eigenvectors, not yet made orthogonal. False where the eigenvalues fail to converge.
    constexpr bool find(const matrix<double, N>& m, double least) noexcept
    {
        bool leads[N > 0 ? N : 1][N > 0 ? N : 1]{}, is_done[N > 0 ? N : 1]{};   // whether one row reaches another by any path (Warshall)
        for (int i = 0; i < N; ++i)
            for (int k = 0; k < N; ++k) leads[i][k] = i == k || m(i, k) != 0.0;
        for (int by = 0; by < N; ++by)
            for (int i = 0; i < N; ++i)
                for (int k = 0; k < N; ++k) leads[i][k] = leads[i][k] || (leads[i][by] && leads[by][k]);
        for (int first = 0; first < N; ++first) {
            if (is_done[first]) continue;
            int part[N > 0 ? N : 1]{}, size = 0;
            for (int i = first; i < N; ++i)
                if (leads[first][i] && leads[i][first]) part[size++] = i, is_done[i] = true;
            matrix<double, N> loop{};
            for (int i = 0; i < size; ++i)
                for (int k = 0; k < size; ++k) loop(i, k) = m(part[i], part[k]);
            const eigenvalue_solver<N> solver{loop, size};
            if (!solver.converged()) return false;
            for (int i = 0; i < size; ++i) {
                const complex value = solver.values()[i];
                if (value.im < 0.0 || !(abs(value) >= least)) continue;
                all_[count_] = {value, vector_of(m, value, false), vector_of(m, value, true)};
                ++count_;
            }
        }
        return true;
    }

    [[nodiscard]] constexpr vector<complex, N> vector_of(const matrix<double, N>& m, complex value, bool transposed) const noexcept
    {
        matrix<complex, N> shifted{};
        for (int i = 0; i < N; ++i)
            for (int k = 0; k < N; ++k) shifted(i, k) = {transposed ? m(k, i) : m(i, k)};
        // Shifted slightly off the eigenvalue, so that the matrix can be factored.
        for (int i = 0; i < N; ++i) shifted(i, i) -= value * complex{1.0 + 1e-13} + complex{1e-15};
        const lu<complex, N> factors{shifted};
        vector<complex, N> v{};
        for (int i = 0; i < N; ++i) v[i] = {start(i, count_), value.im == 0.0 ? 0.0 : start(count_, i)};
        for (int pass = 0; pass < 4; ++pass) {
            v = factors.solve(v);
            double largest = 0.0;
            for (const complex& x : v) largest = abs(x) > largest ? abs(x) : largest;
            for (complex& x : v) x = (1.0 / largest) * x;
        }
        return v;
    }

    /// Entry i of starting vector k: one large entry, the others without a pattern.
    [[nodiscard]] static constexpr double start(int i, int k) noexcept
    {
        const double x = 0.618034 * i + 0.754878 * k + 0.569840 * i * k;
        return i == k ? 2.0 * N : 1.0 - (x - static_cast<int>(x));
    }

    /// Replaces the left vectors W by (W V)^-1 W, with V the right vectors, conjugates included. False where W V is singular.
    constexpr bool make_orthogonal() noexcept
    {
        int row = 0, row_of[N > 0 ? N : 1]{};
        bool is_conjugate[N > 0 ? N : 1]{};
        for (int n = 0; n < count_; ++n)
            for (int c = 0; c < (all_[n].value.im == 0.0 ? 1 : 2); ++c) row_of[row] = n, is_conjugate[row++] = c == 1;
        matrix<complex, N> products{};
        for (int i = 0; i < N; ++i) products(i, i) = {1.0};
        for (int i = 0; i < row; ++i)
            for (int k = 0; k < row; ++k) {
                const auto &left = all_[row_of[i]].left, &right = all_[row_of[k]].right;
                complex sum{};
                for (int j = 0; j < N; ++j)
                    sum += (is_conjugate[i] ? conj(left[j]) : left[j]) * (is_conjugate[k] ? conj(right[j]) : right[j]);
                products(i, k) = sum;
            }
        const lu<complex, N> factors{products};
        if (!factors.regular()) return false;
        for (int j = 0; j < N; ++j) {
            vector<complex, N> column{};
            for (int i = 0; i < row; ++i) column[i] = is_conjugate[i] ? conj(all_[row_of[i]].left[j]) : all_[row_of[i]].left[j];
            column = factors.solve(column);
            for (int i = 0; i < row; ++i)
                if (!is_conjugate[i]) all_[row_of[i]].left[j] = column[i];
        }
        return true;
    }

    vector<triple, N> all_{};
    int count_ = 0;
    bool found_ = false;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
