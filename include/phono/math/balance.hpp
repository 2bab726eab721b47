// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::math {

/// Scales the leading `size` rows and columns of a matrix by powers of two, which keeps its eigenvalues exactly, until the norm of each
/// row is close to that of its column (B. Parlett and C. Reinsch, Numer. Math. 13, 1969).
template <class T>
constexpr void balance(rows<T> a, int size) noexcept
{
    bool changed = true;
    for (int sweep = 0; sweep < 20 && changed; ++sweep) {
        changed = false;
        for (int i = 0; i < size; ++i) {
            const T* const row = a[i];
            double r = 0.0, c = 0.0;
            for (int j = 0; j < size; ++j)
                if (j != i) r += magnitude(row[j]), c += magnitude(a[j][i]);
            if (r == 0.0 || c == 0.0) continue;
            double f = 1.0;
            const double sum = r + c;
            for (; c < 0.5 * r; c *= 2.0, r *= 0.5) f *= 2.0;
            for (; c >= 2.0 * r; c *= 0.5, r *= 2.0) f *= 0.5;
            if (r + c >= 0.95 * sum) continue;
            changed = true;
            const double smaller = 1.0 / f;   // f is a power of two: exact
            for (int j = 0; j < size; ++j) a(i, j) = smaller * a(i, j);
            for (int j = 0; j < size; ++j) a(j, i) = f * a(j, i);
        }
    }
}

/// Moves the rows and columns of a matrix whose eigenvalue stands on the diagonal, because all else in the row or in the column is 0,
/// behind the others, and returns how many of `size` are left. Eigenvalues that come out of it are exact.
template <class T>
constexpr int isolate(rows<T> a, int size) noexcept
{
    const int of_all = size;
    for (int i = 0; i < size;) {
        bool row_is_empty = true, column_is_empty = true;
        for (int j = 0; j < size && (row_is_empty || column_is_empty); ++j) {
            if (j == i) continue;
            row_is_empty = row_is_empty && a(i, j) == T{};
            column_is_empty = column_is_empty && a(j, i) == T{};
        }
        if (!row_is_empty && !column_is_empty) {
            ++i;
            continue;
        }
        --size;
        if (i != size) {
            for (int j = 0; j < of_all; ++j) std::swap(a(i, j), a(size, j));
            for (int j = 0; j < of_all; ++j) std::swap(a(j, i), a(j, size));
        }
        i = 0;   // others may have become alone
    }
    return size;
}

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
