// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

namespace phono::math {

/// Deflates the eigenvalues at 0 of the leading `size` rows and columns of a matrix and returns the remaining size.
///
/// QR iteration spreads k of them in one Jordan chain, as from k RC sections whose zeros all lie at infinity, over a circle of
/// radius epsilon^(1/k); here each missing rank removes one exactly: reflections clear the rows below the rank, which leaves a
/// smaller matrix, and so on (V. N. Kublanovskaya, USSR Comp. Math. Math. Phys. 6, 1966).
template <class T, int N>
constexpr int deflate_zeros(matrix<T, N>& a, int size) noexcept
{
    constexpr double negligible = 450.0 * epsilon_of<T>;   // relative to the largest column
    const auto square_below = [](const matrix<T, N>& m, int column, int first, int rows) {
        T sum{};
        for (int i = first; i < rows; ++i) sum += m(i, column) * m(i, column);
        return sum;
    };
    double largest = 0.0;
    for (int j = 0; j < size; ++j) {
        const double square = magnitude(square_below(a, j, 0, size));
        largest = largest > square ? largest : square;
    }
    const double threshold = negligible * negligible * largest;
    while (size > 0) {
        matrix<T, N> rows = a;     // brought to echelon form, the largest column first
        matrix<T, N> turned = a;   // the same reflections applied from both sides
        int rank = 0;
        for (; rank < size; ++rank) {
            int pivot = 0;
            T square{};
            for (int j = 0; j < size; ++j)
                if (const T s = square_below(rows, j, rank, size); s > square) square = s, pivot = j;
            if (magnitude(square) <= threshold) break;
            const T size_of_column = sqrt(square);
            vector<T, N> v{};
            for (int i = rank; i < size; ++i) v[i] = rows(i, pivot);
            v[rank] += v[rank] < T{} ? -size_of_column : size_of_column;
            T length{};
            for (int i = rank; i < size; ++i) length += v[i] * v[i];
            const auto reflect = [&](auto&& entry) {
                T dot{};
                for (int i = rank; i < size; ++i) dot += v[i] * entry(i);
                if (dot == T{}) return;
                const T share = 2.0 * dot / length;
                for (int i = rank; i < size; ++i) entry(i) -= share * v[i];
            };
            for (int j = 0; j < size; ++j) {
                reflect([&](int i) -> T& { return rows(i, j); });
                reflect([&](int i) -> T& { return turned(i, j); });
            }
            for (int j = 0; j < size; ++j) reflect([&](int i) -> T& { return turned(j, i); });
            for (int i = rank + 1; i < size; ++i) rows(i, pivot) = T{};
        }
        if (rank == size) break;   // a stays as it is: the reflections would lose digits of its small entries
        a = turned;
        size = rank;
    }
    return size;
}

}   // namespace phono::math
