// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/elementary.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::math {

/// LU factors, with partial pivoting, of a small matrix whose rows are already of similar size: math::lu without the scaling and checks
/// that cost time in every sample. N is the largest number of rows; how many there are is a constant of each call, so that its loops are
/// unrolled.
template <int N>
class unscaled_lu {
public:
    template <int count>
    void factor(const double (&matrix)[N][N]) noexcept
    {
        for (int i = 0; i < count; ++i) {
            for (int j = 0; j < count; ++j) a_[i][j] = matrix[i][j];
            order_[i] = i;
        }
#pragma GCC unroll 8
        for (int k = 0; k < count; ++k) {
            int pivot = k;
            for (int i = k + 1; i < count; ++i)
                if (abs(a_[i][k]) > abs(a_[pivot][k])) pivot = i;
            if (pivot != k) {
                for (int j = 0; j < count; ++j) std::swap(a_[pivot][j], a_[k][j]);
                std::swap(order_[pivot], order_[k]);
            }
            const double inverse = a_[k][k] = 1.0 / a_[k][k];
            for (int i = k + 1; i < count; ++i) {
                const double ratio = a_[i][k] * inverse;
                a_[i][k] = ratio;
                for (int j = k + 1; j < count; ++j) a_[i][j] -= ratio * a_[k][j];
            }
        }
    }

    /// Overwrites the right-hand side with the solution, which is not finite where the matrix is singular.
    template <int count>
    void solve(double (&b)[N]) const noexcept
    {
        double x[N];
#pragma GCC unroll 8
        for (int i = 0; i < count; ++i) {
            double sum = b[order_[i]];
            for (int j = 0; j < i; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum;
        }
#pragma GCC unroll 8
        for (int i = count - 1; i >= 0; --i) {
            double sum = x[i];
            for (int j = i + 1; j < count; ++j) sum -= a_[i][j] * x[j];
            x[i] = sum * a_[i][i];
        }
        for (int i = 0; i < count; ++i) b[i] = x[i];
    }

private:
    double a_[N][N]{};   ///< with reciprocal pivots
    int order_[N]{};
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
