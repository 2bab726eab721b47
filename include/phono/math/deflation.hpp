// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// Room for deflate_zeros.
template <class T>
struct deflation_room {
    rows<T> echelon;      ///< the matrix, brought to echelon form, the largest column first
    rows<T> reflection;   ///< of which each row is a reflection's vector ...
    T* square_length;     ///< ... and the square of its length
    bool* is_cleared;     ///< a column
};

/// Deflates the eigenvalues at 0 of the leading `size` rows and columns of a matrix and returns the remaining size.
///
/// QR iteration spreads k of them in one Jordan chain, as from k RC sections whose zeros all lie at infinity, over a circle of
/// radius epsilon^(1/k); here each missing rank removes one exactly: reflections clear the rows below the rank, which leaves a
/// smaller matrix, and so on (V. N. Kublanovskaya, USSR Comp. Math. Math. Phys. 6, 1966).
template <class T>
constexpr int deflate_zeros(rows<T> a, int size, const deflation_room<T>& room) noexcept
{
    const rows<T>& echelon = room.echelon;
    constexpr double negligible = 450.0 * epsilon_of<T>;   // relative to the largest column
    const auto square_below = [](const rows<T>& m, int column, int first, int end) {
        T sum{};
        for (int i = first; i < end; ++i) sum += m[i][column] * m[i][column];
        return sum;
    };
    double largest = 0.0;
    for (int j = 0; j < size; ++j) {
        const double square = magnitude(square_below(a, j, 0, size));
        largest = largest > square ? largest : square;
    }
    const double threshold = negligible * negligible * largest;
    while (size > 0) {
        for (int i = 0; i < size; ++i) {
            room.is_cleared[i] = false;
            for (int j = 0; j < size; ++j) echelon[i][j] = a[i][j];
        }
        int rank = 0;
        for (; rank < size; ++rank) {
            int pivot = 0;
            T square{};
            for (int j = 0; j < size; ++j) {
                if (room.is_cleared[j]) continue;
                if (const T s = square_below(echelon, j, rank, size); s > square) square = s, pivot = j;
            }
            if (magnitude(square) <= threshold) break;
            const T size_of_column = sqrt(square);
            T* const v = room.reflection[rank];
            for (int i = rank; i < size; ++i) v[i] = echelon[i][pivot];
            v[rank] += v[rank] < T{} ? -size_of_column : size_of_column;
            T length{};
            for (int i = rank; i < size; ++i) length += v[i] * v[i];
            room.square_length[rank] = length;
            for (int j = 0; j < size; ++j) {
                if (room.is_cleared[j]) continue;
                T dot{};
                for (int i = rank; i < size; ++i) dot += v[i] * echelon[i][j];
                if (dot == T{}) continue;
                const T share = 2.0 * dot / length;
                for (int i = rank; i < size; ++i) echelon[i][j] -= share * v[i];
            }
            for (int i = rank + 1; i < size; ++i) echelon[i][pivot] = T{};
            room.is_cleared[pivot] = true;
        }
        if (rank == size) break;           // a stays as it is: the reflections would lose digits of its small entries
        for (int k = 0; k < rank; ++k) {   // the same reflections from both sides
            const T* const v = room.reflection[k];
            const T length = room.square_length[k];
            for (int j = 0; j < size; ++j) {
                T dot{};
                for (int i = k; i < size; ++i) dot += v[i] * a[i][j];
                if (dot == T{}) continue;
                const T share = 2.0 * dot / length;
                for (int i = k; i < size; ++i) a[i][j] -= share * v[i];
            }
            for (int j = 0; j < size; ++j) {
                T* const row = a[j];
                T dot{};
                for (int i = k; i < size; ++i) dot += v[i] * row[i];
                if (dot == T{}) continue;
                const T share = 2.0 * dot / length;
                for (int i = k; i < size; ++i) row[i] -= share * v[i];
            }
        }
        size = rank;
    }
    return size;
}

/// The same for a matrix of fixed size.
template <class T, int N>
constexpr int deflate_zeros(matrix<T, N>& a, int size) noexcept
{
    constexpr int most = N > 0 ? N : 1;
    T echelon[most * most], reflection[most * most], square_length[most];
    bool is_cleared[most];
    return deflate_zeros<T>(a.all(), size, {{echelon, N}, {reflection, N}, square_length, is_cleared});
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
