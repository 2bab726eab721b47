// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// Finds the factors x of the first `count` columns whose sum is nearest to the right-hand side; both are overwritten. False if the columns
/// are linearly dependent.
///
/// By orthogonal columns (Gram and Schmidt, modified): of columns that are nearly parallel the normal equations would lose twice as many
/// digits. `length` is a multiple of 4. Source: A. Bjoerck, Solving linear least squares problems by Gram-Schmidt orthogonalization, BIT 7,
/// 1967.
template <int length, int most, int unknowns>
    requires(length % 4 == 0 && unknowns >= most)
[[nodiscard]] constexpr bool least_squares(double (&columns)[most][length], int count, double (&right)[length],
                                           vector<double, unknowns>& x) noexcept
{
    const auto dot = [](const double(&a)[length], const double(&b)[length]) {
        double sum[4]{};   // side by side: one sum would wait for each of its additions
        for (int i = 0; i < length; i += 4)
            for (int lane = 0; lane < 4; ++lane) sum[lane] += a[i + lane] * b[i + lane];
        return (sum[0] + sum[1]) + (sum[2] + sum[3]);
    };
    const auto subtract = [](double(&a)[length], double share, const double(&b)[length]) {
        for (int i = 0; i < length; ++i) a[i] -= share * b[i];
    };
    matrix<double, most> shares{};   // of each column in the later ones
    for (int k = 0; k < count; ++k) {
        const double square = dot(columns[k], columns[k]);
        if (!(square > 0.0)) return false;
        for (int m = k + 1; m < count; ++m) {
            shares(k, m) = dot(columns[k], columns[m]) / square;
            subtract(columns[m], shares(k, m), columns[k]);
        }
        x[k] = dot(columns[k], right) / square;
        subtract(right, x[k], columns[k]);
    }
    for (int k = count - 1; k >= 0; --k)
        for (int m = k + 1; m < count; ++m) x[k] -= shares(k, m) * x[m];
    return true;
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
