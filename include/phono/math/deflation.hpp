// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

namespace phono::math {

/// Deflates the eigenvalues at 0 of the leading `size` rows and columns of a matrix and returns the remaining size.
///
/// QR iteration spreads k of them in one Jordan chain, as from k RC sections whose zeros all lie at infinity, over a circle of
/// radius epsilon^(1/k); here each missing rank removes one exactly: reflections clear the rows below the rank, which leaves a
/// smaller matrix, and so on (V. N. Kublanovskaya, USSR Comp. Math. Math. Phys. 6, 1966).
template <int N>
constexpr int deflate_zeros(matrix<double, N>& a, int size) noexcept
{
    constexpr double negligible = 1e-13;   // relative to the largest column
    const auto square_below = [](const matrix<double, N>& m, int column, int first, int rows) {
        double sum = 0.0;
        for (int i = first; i < rows; ++i) sum += m(i, column) * m(i, column);
        return sum;
    };
    double largest = 0.0;
    for (int j = 0; j < size; ++j) {
        const double square = square_below(a, j, 0, size);
        largest = largest > square ? largest : square;
    }
    const double threshold = negligible * negligible * largest;
    while (size > 0) {
        matrix<double, N> rows = a;     // brought to echelon form, the largest column first
        matrix<double, N> turned = a;   // the same reflections applied from both sides
        int rank = 0;
        for (; rank < size; ++rank) {
            int pivot = 0;
            double square = 0.0;
            for (int j = 0; j < size; ++j)
                if (const double s = square_below(rows, j, rank, size); s > square) square = s, pivot = j;
            if (square <= threshold) break;
            vector<double, N> v{};
            for (int i = rank; i < size; ++i) v[i] = rows(i, pivot);
            v[rank] += v[rank] < 0.0 ? -sqrt(square) : sqrt(square);
            double length = 0.0;
            for (int i = rank; i < size; ++i) length += v[i] * v[i];
            const auto reflect = [&](auto&& entry) {
                double dot = 0.0;
                for (int i = rank; i < size; ++i) dot += v[i] * entry(i);
                for (int i = rank; i < size; ++i) entry(i) -= 2.0 * dot / length * v[i];
            };
            for (int j = 0; j < size; ++j) {
                reflect([&](int i) -> double& { return rows(i, j); });
                reflect([&](int i) -> double& { return turned(i, j); });
            }
            for (int j = 0; j < size; ++j) reflect([&](int i) -> double& { return turned(j, i); });
            for (int i = rank + 1; i < size; ++i) rows(i, pivot) = 0.0;
        }
        if (rank == size) break;   // a stays as it is: the reflections would lose digits of its small entries
        a = turned;
        size = rank;
    }
    return size;
}

}   // namespace phono::math
