// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/balance.hpp>

#include <concepts>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant

namespace phono::inline v0_2::math {

/// The QR iteration of eigenvalue_solver, on rows of any size: compiled once for each type of entries.
template <class T>
class qr_iteration {
public:
    /// Overwrites h, of n rows and columns. In double its rows are whole vectors of four entries, with zeros at their ends.
    constexpr qr_iteration(rows<T> h, int n, complex* values, complex* less_one) noexcept
        : h_(h), n_(n), found_(values), less_one_(less_one)
    {
        balance(h_, n_);
        reduce();
        iterate();
    }

    [[nodiscard]] constexpr bool converged() const noexcept { return is_converged_; }
    /// How far apart the rows of a matrix of n rows lie.
    [[nodiscard]] static constexpr int stride(int n) noexcept { return is_wide ? (n + 3) / 4 * 4 : n; }

private:
    static constexpr bool is_wide = std::same_as<T, double>;

    /// A Householder reflection of up to three entries: x -> x - b v (v.x).
    struct reflector {
        T v[3]{};
        T b{};
        int size = 0;

        /// The reflection that makes (x, y, z) a multiple of (1, 0, 0).
        constexpr reflector(T x, T y, T z, int entries) noexcept : size(entries)
        {
            const double largest = magnitude(x) + magnitude(y) + magnitude(z);
            if (largest == 0.0) return;
            if (!(largest > 1e-140 && largest < 1e140)) {   // where squares would vanish or overflow
                const T scale = largest;
                x /= scale, y /= scale, z /= scale;
            }
            const T length = sqrt(x * x + y * y + z * z), size_of_x = abs(x);
            v[0] = x < T{} ? x - length : x + length;
            v[1] = y, v[2] = z;
            b = 1.0 / (length * (length + size_of_x));   // 2/(v.v)
        }
    };

    // Written out, without a loop over two or three entries: what a constant expression costs is counted in loops and calls.
    constexpr void reflect_rows(const reflector& r, int top, int first, int last) noexcept
    {
        T *const one = h_[top], *const two = h_[top + 1];
        if (is_wide && !is_constant_evaluated()) {   // whole vectors: what stands outside is 0 or is not looked at again
            T* const three = r.size == 2 ? two : h_[top + 2];
            for (int j = first / 4 * 4; j <= last; j += 4) reflect_four(r, one + j, two + j, three + j);
            return;
        }
        const T v0 = r.v[0], v1 = r.v[1], b = r.b;
        if (r.size == 2) {
            for (int j = first; j <= last; ++j) {
                const T share = b * (v0 * one[j] + v1 * two[j]);
                one[j] -= share * v0, two[j] -= share * v1;
            }
        } else {
            T* const three = h_[top + 2];
            const T v2 = r.v[2];
            for (int j = first; j <= last; ++j) {
                const T share = b * (v0 * one[j] + v1 * two[j] + v2 * three[j]);
                one[j] -= share * v0, two[j] -= share * v1, three[j] -= share * v2;
            }
        }
    }

    /// Four columns at once; everything is read before anything is written, so that a compiler need not ask whether rows overlap.
    static void reflect_four(const reflector& r, T* one, T* two, T* three) noexcept
    {
        T x[4], y[4], z[4], share[4];
        for (int j = 0; j < 4; ++j) x[j] = one[j], y[j] = two[j], z[j] = three[j];
        for (int j = 0; j < 4; ++j) share[j] = r.v[0] * x[j] + r.v[1] * y[j];
        if (r.size == 3)
            for (int j = 0; j < 4; ++j) share[j] += r.v[2] * z[j];
        for (int j = 0; j < 4; ++j) share[j] *= r.b;
        if (r.size == 3)
            for (int j = 0; j < 4; ++j) three[j] = z[j] - share[j] * r.v[2];
        for (int j = 0; j < 4; ++j) one[j] = x[j] - share[j] * r.v[0];
        for (int j = 0; j < 4; ++j) two[j] = y[j] - share[j] * r.v[1];
    }

    constexpr void reflect_columns(const reflector& r, int left, int first, int last) noexcept
    {
        const T v0 = r.v[0], v1 = r.v[1], v2 = r.v[2], b = r.b;
        if (r.size == 2) {
            for (int i = first; i <= last; ++i) {
                T* const x = h_[i] + left;
                const T share = b * (v0 * x[0] + v1 * x[1]);
                x[0] -= share * v0, x[1] -= share * v1;
            }
        } else {
            for (int i = first; i <= last; ++i) {
                T* const x = h_[i] + left;
                const T share = b * (v0 * x[0] + v1 * x[1] + v2 * x[2]);
                x[0] -= share * v0, x[1] -= share * v1, x[2] -= share * v2;
            }
        }
    }

    /// To Hessenberg form, one two-entry reflection at a time from the bottom of each column up.
    constexpr void reduce() noexcept
    {
        for (int column = 0; column < n_ - 2; ++column)
            for (int i = n_ - 1; i > column + 1; --i) {
                if (h_(i, column) == T{}) continue;
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
                const double size = magnitude(h_(low - 1, low - 1)) + magnitude(h_(low, low)), below = magnitude(h_(low, low - 1));
                if (below <= 0.5 * epsilon_of<T> * size || below < 1e-290) break;
            }
            if (low == high) {
                store(high, h_(high, high));
                --high, tries = 0;
            } else if (low == high - 1) {
                store_pair(low);
                high -= 2, tries = 0;
            } else if (++tries > 60) {
                is_converged_ = false;
                return;
            } else {
                francis_step(low, high, tries % 10 == 0);
            }
        }
    }

    constexpr void francis_step(int low, int high, bool exceptional) noexcept
    {
        T sum = h_(high - 1, high - 1) + h_(high, high);
        T product = h_(high - 1, high - 1) * h_(high, high) - h_(high - 1, high) * h_(high, high - 1);
        if (exceptional) {   // breaks a cycle of the usual shifts
            const T size = abs(h_(high, high - 1)) + abs(h_(high - 1, high - 2));
            sum = 1.5 * size, product = size * size;
        }
        T x = h_(low, low) * h_(low, low) + h_(low, low + 1) * h_(low + 1, low) - sum * h_(low, low) + product;
        T y = h_(low + 1, low) * (h_(low, low) + h_(low + 1, low + 1) - sum);
        T z = h_(low + 1, low) * h_(low + 2, low + 1);
        for (int k = low; k < high; ++k) {
            const int size = k + 2 <= high ? 3 : 2;
            const reflector r{x, y, size == 3 ? z : T{}, size};
            reflect_rows(r, k, k > low ? k - 1 : low, high);
            reflect_columns(r, k, low, k + 3 < high ? k + 3 : high);
            if (k > low) h_(k + 1, k - 1) = 0.0;
            if (k > low && size == 3) h_(k + 2, k - 1) = 0.0;
            x = h_(k + 1, k);
            y = k + 2 <= high ? h_(k + 2, k) : T{};
            z = k + 3 <= high ? h_(k + 3, k) : T{};
        }
    }

    constexpr void store(int i, T re, T im = T{}) noexcept
    {
        found_[i] = {static_cast<double>(re), static_cast<double>(im)};
        less_one_[i] = {static_cast<double>(re - 1.0), static_cast<double>(im)};
    }

    constexpr void store_pair(int i) noexcept
    {
        const T half = 0.5 * (h_(i, i) - h_(i + 1, i + 1));
        const T product = h_(i, i + 1) * h_(i + 1, i);
        const T discriminant = half * half + product;
        const T mean = 0.5 * (h_(i, i) + h_(i + 1, i + 1));
        if (discriminant < T{}) {
            const T imaginary = sqrt(-discriminant);
            store(i, mean, imaginary);
            store(i + 1, mean, -imaginary);
        } else {   // the larger offset first, the other from the product of the two: no cancellation
            const T root = half + (half < T{} ? -sqrt(discriminant) : sqrt(discriminant));
            store(i, h_(i + 1, i + 1) + root);
            store(i + 1, root == T{} ? h_(i + 1, i + 1) : h_(i + 1, i + 1) - product / root);
        }
    }

    rows<T> h_;
    int n_;
    complex *found_, *less_one_;
    bool is_converged_ = true;
};

/// The eigenvalues of the leading `size` rows and columns of a real matrix; complex ones in exact conjugate pairs.
///
/// Balancing, Householder reduction to Hessenberg form, then Francis' implicitly double-shifted QR
/// (Golub and Van Loan, Matrix Computations, sections 7.4 and 7.5). Usable in constant expressions.
template <int N, class T = double>
class eigenvalue_solver {
public:
    constexpr explicit eigenvalue_solver(const matrix<T, N>& a, int size = N) noexcept
    {
        const int n = size < N ? size : N;
        constexpr int stride = qr_iteration<T>::stride(N);
        T room[N > 0 ? N * stride : 1]{};
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) room[i * stride + j] = a(i, j);
        is_converged_ = qr_iteration<T>{{room, stride}, n, found_.entry, less_one_.entry}.converged();
    }

    [[nodiscard]] constexpr bool converged() const noexcept { return is_converged_; }
    [[nodiscard]] constexpr const vector<complex, N>& values() const noexcept { return found_; }
    /// The eigenvalues less 1, each without the cancellation that rounding it first would bring.
    [[nodiscard]] constexpr const vector<complex, N>& values_less_one() const noexcept { return less_one_; }

private:
    vector<complex, N> found_{}, less_one_{};
    bool is_converged_ = false;
};

}   // namespace phono::inline v0_2::math

#pragma GCC diagnostic pop
