// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

namespace phono::math {

/// Scales the leading `size` rows and columns of a matrix by powers of two, which keeps its eigenvalues exactly, until the norm of each
/// row is close to that of its column (B. Parlett and C. Reinsch, Numer. Math. 13, 1969).
template <int N>
constexpr void balance(matrix<double, N>& a, int size) noexcept
{
    bool changed = true;
    for (int sweep = 0; sweep < 20 && changed; ++sweep) {
        changed = false;
        for (int i = 0; i < size; ++i) {
            double r = 0.0, c = 0.0;
            for (int j = 0; j < size; ++j)
                if (j != i) r += abs(a(i, j)), c += abs(a(j, i));
            if (r == 0.0 || c == 0.0) continue;
            double f = 1.0;
            const double sum = r + c;
            for (; c < 0.5 * r; c *= 2.0, r *= 0.5) f *= 2.0;
            for (; c >= 2.0 * r; c *= 0.5, r *= 2.0) f *= 0.5;
            if (r + c >= 0.95 * sum) continue;
            changed = true;
            const double smaller = 1.0 / f;   // f is a power of two: exact
            for (int j = 0; j < N; ++j) a(i, j) *= smaller;
            for (int j = 0; j < N; ++j) a(j, i) *= f;
        }
    }
}

}   // namespace phono::math
