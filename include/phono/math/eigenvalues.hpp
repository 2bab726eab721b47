// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/balance.hpp>

namespace phono::math {

/// The eigenvalues of the leading `size` rows and columns of a real matrix; complex ones in exact conjugate pairs.
///
/// Balancing, Householder reduction to Hessenberg form, then Francis' implicitly double-shifted QR
/// (Golub and Van Loan, Matrix Computations, sections 7.4 and 7.5). Usable in constant expressions.
template <int N>
class eigenvalue_solver {
public:
    constexpr explicit eigenvalue_solver(const matrix<double, N>& a, int size = N) noexcept : h_(a), n_(size < N ? size : N)
    {
        balance(h_, n_);
        if constexpr (N > 2) reduce();
        iterate();
    }

    [[nodiscard]] constexpr bool converged() const noexcept { return is_converged_; }
    [[nodiscard]] constexpr const vector<complex, N>& values() const noexcept { return found_; }

private:
    /// A Householder reflection of up to three entries: x -> x - b v (v.x), with v[0] = 1.
    struct reflector {
        double v[3] = {1.0, 0.0, 0.0};
        double b = 0.0;
        int size = 0;

        /// The reflection that makes (x, y, z) a multiple of (1, 0, 0).
        constexpr reflector(double x, double y, double z, int entries) noexcept : size(entries)
        {
            const double scale = abs(x) + abs(y) + abs(z);
            if (scale == 0.0) return;
            x /= scale, y /= scale, z /= scale;
            const double length = sqrt(x * x + y * y + z * z);
            const double head = x + (x < 0.0 ? -length : length);
            if (head == 0.0) return;
            v[1] = y / head;
            v[2] = z / head;
            b = 2.0 / (1.0 + v[1] * v[1] + v[2] * v[2]);
        }
    };

    constexpr void reflect_rows(const reflector& r, int top, int first, int last) noexcept
    {
        for (int j = first; j <= last; ++j) {
            double dot = 0.0;
            for (int k = 0; k < r.size; ++k) dot += r.v[k] * h_(top + k, j);
            for (int k = 0; k < r.size; ++k) h_(top + k, j) -= r.b * dot * r.v[k];
        }
    }

    constexpr void reflect_columns(const reflector& r, int left, int first, int last) noexcept
    {
        for (int i = first; i <= last; ++i) {
            double dot = 0.0;
            for (int k = 0; k < r.size; ++k) dot += r.v[k] * h_(i, left + k);
            for (int k = 0; k < r.size; ++k) h_(i, left + k) -= r.b * dot * r.v[k];
        }
    }

    /// To Hessenberg form, one two-entry reflection at a time from the bottom of each column up.
    constexpr void reduce() noexcept
    {
        for (int column = 0; column < n_ - 2; ++column)
            for (int i = n_ - 1; i > column + 1; --i) {
                if (h_(i, column) == 0.0) continue;
                const reflector r{h_(i - 1, column), h_(i, column), 0.0, 2};
                reflect_rows(r, i - 1, column, n_ - 1);
                reflect_columns(r, i - 1, 0, n_ - 1);
                h_(i, column) = 0.0;
            }
    }

    constexpr void iterate() noexcept
    {
        int high = n_ - 1, tries = 0;
        while (high >= 0) {
            int low = high;
            for (; low > 0; --low) {
                const double size = abs(h_(low - 1, low - 1)) + abs(h_(low, low));
                if (abs(h_(low, low - 1)) <= 0.5 * epsilon * size || abs(h_(low, low - 1)) < 1e-290) break;
            }
            if (low == high) {
                store(high, complex{h_(high, high)});
                --high, tries = 0;
            } else if (low == high - 1) {
                store_pair(low);
                high -= 2, tries = 0;
            } else if (++tries > 60) {
                is_converged_ = false;
                return;
            } else {
                if constexpr (N > 2) francis_step(low, high, tries % 10 == 0);
            }
        }
    }

    constexpr void francis_step(int low, int high, bool exceptional) noexcept
    {
        double sum = h_(high - 1, high - 1) + h_(high, high);
        double product = h_(high - 1, high - 1) * h_(high, high) - h_(high - 1, high) * h_(high, high - 1);
        if (exceptional) {   // breaks a cycle of the usual shifts
            const double size = abs(h_(high, high - 1)) + abs(h_(high - 1, high - 2));
            sum = 1.5 * size, product = size * size;
        }
        double x = h_(low, low) * h_(low, low) + h_(low, low + 1) * h_(low + 1, low) - sum * h_(low, low) + product;
        double y = h_(low + 1, low) * (h_(low, low) + h_(low + 1, low + 1) - sum);
        double z = h_(low + 1, low) * h_(low + 2, low + 1);
        for (int k = low; k < high; ++k) {
            const int size = k + 2 <= high ? 3 : 2;
            const reflector r{x, y, size == 3 ? z : 0.0, size};
            reflect_rows(r, k, k > low ? k - 1 : low, high);
            reflect_columns(r, k, low, k + 3 < high ? k + 3 : high);
            if (k > low) h_(k + 1, k - 1) = 0.0;
            if (k > low && size == 3) h_(k + 2, k - 1) = 0.0;
            x = h_(k + 1, k);
            y = k + 2 <= high ? h_(k + 2, k) : 0.0;
            z = k + 3 <= high ? h_(k + 3, k) : 0.0;
        }
    }

    constexpr void store(int i, complex value) noexcept { found_[i] = value; }

    constexpr void store_pair(int i) noexcept
    {
        const double half = 0.5 * (h_(i, i) - h_(i + 1, i + 1));
        const double product = h_(i, i + 1) * h_(i + 1, i);
        const double discriminant = half * half + product;
        const double mean = 0.5 * (h_(i, i) + h_(i + 1, i + 1));
        if (discriminant < 0.0) {
            const double imaginary = sqrt(-discriminant);
            store(i, {mean, imaginary});
            store(i + 1, {mean, -imaginary});
        } else {   // the larger offset first, the other from the product of the two: no cancellation
            const double root = half + (half < 0.0 ? -sqrt(discriminant) : sqrt(discriminant));
            store(i, {h_(i + 1, i + 1) + root});
            store(i + 1, {root == 0.0 ? h_(i + 1, i + 1) : h_(i + 1, i + 1) - product / root});
        }
    }

    matrix<double, N> h_;
    int n_ = N;
    vector<complex, N> found_{};
    bool is_converged_ = true;
};

}   // namespace phono::math
