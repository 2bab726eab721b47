// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/lu_rows.hpp>

#include <concepts>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// LU factors of a matrix, with partial pivoting, after its rows and columns have been scaled to similar size by powers of
/// two. A circuit's matrix mixes picosiemens, kilosiemens and unit entries: without the scaling, pivoting would compare
/// entries of different units.
///
/// Aligned, because g++ 12 with AVX-512 takes a local matrix of complex numbers to be aligned to 32 bytes, places it where it is not, and
/// the program ends.
template <class T, int N>
class alignas(64) lu {
public:
    /// Of the leading `size` rows and columns.
    constexpr explicit lu(const matrix<T, N>& a, int size = N) noexcept : factors_(a), n_(size)
    {
        double largest[most]{};
        singular_column_ = lu_rows<T, words>{factors_.entry, row_scale_, column_scale_, order_, used_, n_, N}.factor(largest);
    }

    /// False if the matrix is singular: in a circuit, a node without a path or a loop without resistance.
    [[nodiscard]] constexpr bool regular() const noexcept { return singular_column_ < 0; }
    /// The first column that is linearly dependent on those before it, or -1.
    [[nodiscard]] constexpr int singular_column() const noexcept { return singular_column_; }

    /// Solves A x = b for x.
    [[nodiscard]] constexpr vector<T, N> solve(const vector<T, N>& b) const noexcept
    {
        vector<T, N> x{};
        found().solve(b.entry, x.entry);
        return x;
    }

    /// One unknown of another system, (real + w imaginary) x = b with w complex, whose matrix is not 0 in the same places as this regular
    /// one and has entries of about the same sizes: with this one's scaling, order of pivots and places, which saves to look for them. No
    /// test is made of whether they suit: where the result matters, it is to be compared.
    [[nodiscard]] constexpr complex solve_alike(const matrix<T, N>& real, const matrix<T, N>& imaginary, complex w, const vector<T, N>& b,
                                                int unknown) const noexcept requires std::same_as<T, double>
    {
        return solve_alike({real.all(), imaginary.all(), w, b.entry}, unknown);
    }
    [[nodiscard]] constexpr complex solve_alike(const lu_likeness& other, int unknown) const noexcept requires std::same_as<T, double>
    {
        matrix<complex, N> upper;
        vector<complex, N> inverse_pivot, x;
        return solve_alike_rows(found(), other, {upper.entry, inverse_pivot.entry, x.entry}, unknown);
    }

private:
    static constexpr int most = N > 0 ? N : 1, words = lu_words(N);

    [[nodiscard]] constexpr lu_rows<const T, words> found() const noexcept
    {
        return {factors_.entry, row_scale_, column_scale_, order_, used_, n_, N};
    }

    matrix<T, N> factors_;
    double row_scale_[most]{}, column_scale_[most]{};
    int order_[most]{};
    lu_places used_[most * words]{};   ///< which entries are not 0
    int n_ = N;
    int singular_column_ = -1;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
