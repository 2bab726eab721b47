// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/matrix.hpp>

#include <utility>

namespace phono::detail {

/// The factors of a small matrix whose rows are of one size already, with partial pivoting: math::lu without what costs time in a sample.
template <int N>
class plain_lu {
public:
    using column = math::vector<double, N>;

    void factor(const double (&matrix)[N][N]) noexcept
    {
        for (int i = 0; i < N; ++i) {
            for (int j = 0; j < N; ++j) a_[i][j] = matrix[i][j];
            order_[i] = i;
        }
        for (int k = 0; k < N; ++k) {
            int pivot = k;
            for (int i = k + 1; i < N; ++i)
                if (math::abs(a_[i][k]) > math::abs(a_[pivot][k])) pivot = i;
            if (pivot != k) {
                for (int j = 0; j < N; ++j) std::swap(a_[pivot][j], a_[k][j]);
                std::swap(order_[pivot], order_[k]);
            }
            const double inverse = 1.0 / a_[k][k];
            for (int i = k + 1; i < N; ++i) {
                const double ratio = a_[i][k] * inverse;
                a_[i][k] = ratio;
                for (int j = k + 1; j < N; ++j) a_[i][j] -= ratio * a_[k][j];
            }
        }
    }

    /// Puts the solution in the place of the right-hand side; not finite where the matrix has no inverse.
    void solve(column& b) const noexcept
    {
        column x{};
        for (int i = 0; i < N; ++i) {
            double sum = b[order_[i]];
            for (int j = 0; j < i; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum;
        }
        for (int i = N - 1; i >= 0; --i) {
            double sum = x[i];
            for (int j = i + 1; j < N; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum / a_[i][i];
        }
        b = x;
    }

private:
    double a_[N][N]{};
    int order_[N]{};
};

}  // namespace phono::detail
