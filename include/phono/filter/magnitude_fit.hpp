// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/fit_band.hpp>
#include <phono/math/eigenvalues.hpp>
#include <phono/math/rational.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The zeros, inside the unit circle, and the squared DC value of a polynomial whose squared magnitude fits a target.
struct correction {
    math::roots zeros;
    double dc_power = 1.0;
};

/// Q(u) = sum over k <= degree of c_k T_k(u), fitted to `target` by least squares of the relative error, then again with the weights raised
/// where the error is large (Lawson's steps towards the minimax fit).
class magnitude_fit {
public:
    constexpr magnitude_fit(const fit_band& where, const double (&target)[fit_band::nodes], int order) noexcept
        : band_(where), degree_(order)
    {
        for (int j = 0; j < n; ++j) {
            inverse_target_[j] = 1.0 / target[j];
            weight_[j] = 1.0;
        }
        solve();
        for (int step = 0; step < lawson_steps; ++step) {
            reweigh();
            solve();
        }
    }

    /// Finds the zeros of Q as zeros of a filter; false if Q is not positive on the whole unit circle.
    constexpr bool factor(correction& result) const noexcept
    {
        double at_dc = 0.0, largest = 0.0;
        for (int k = 0; k <= degree_; ++k) {
            at_dc += c_[k];   // T_k(1) = 1
            largest = largest > math::abs(c_[k]) ? largest : math::abs(c_[k]);
        }
        if (!(at_dc > 0.0) || !math::is_finite(at_dc)) return false;
        result = {{}, at_dc};
        int m = degree_;
        while (m > 0 && math::abs(c_[m]) < 1e-14 * largest) --m;
        if (m == 0) return true;

        // The colleague matrix: u times (T_0 ... T_{m-1}), with T_m eliminated by Q = 0.
        math::matrix<double, fit_band::highest_degree> colleague{};
        for (int k = 0; k < m; ++k) {
            if (k > 0) colleague(k, k - 1) = 0.5;
            if (k + 1 < m) colleague(k, k + 1) = k == 0 ? 1.0 : 0.5;
        }
        for (int k = 0; k < m; ++k) colleague(m - 1, k) -= (m == 1 ? 1.0 : 0.5) * c_[k] / c_[m];
        const math::eigenvalue_solver<fit_band::highest_degree> solver{colleague, m};
        if (!solver.converged()) return false;
        for (int i = 0; i < m; ++i) {
            const math::complex u = solver.values()[i];
            if (u.im < 0.0) continue;
            const math::complex y = 0.5 * band_.span * (math::complex{1.0} - u);   // sin^2(w/2) of the root
            if (y.im == 0.0 && y.re >= 0.0 && y.re <= 1.0) return false;           // on the unit circle
            const math::complex root_y = math::sqrt(-y), root_1_y = math::sqrt(math::complex{1.0} - y);
            math::complex z = (root_1_y - root_y) * (root_1_y - root_y);
            if (math::norm(z) > 1.0) z = (root_1_y + root_y) * (root_1_y + root_y);
            if (!(math::norm(z) < 1.0)) return false;
            if (u.im == 0.0) z.im = 0.0;
            result.zeros.add({z.re, math::abs(z.im)});
        }
        return true;
    }

private:
    static constexpr int n = fit_band::nodes;
    static constexpr int lawson_steps = 2;
    /// Fraction of its weight that a node keeps where the error is zero. By trial: halving or doubling it changes no curve's error by 1 %.
    static constexpr double least_share = 0.05;

    /// Normal equations and their LDL^T factors; no pivoting, since they are positive definite.
    constexpr void solve() noexcept
    {
        constexpr int most = fit_band::highest_degree + 1;
        double a[most][most]{}, b[most]{};
        for (int j = 0; j < n; ++j) {
            const double row_weight = weight_[j] * weight_[j] * inverse_target_[j];
            for (int k = 0; k <= degree_; ++k) {
                const double t = row_weight * band_.chebyshev[k][j];
                b[k] += t;
                for (int i = 0; i <= k; ++i) a[k][i] += t * inverse_target_[j] * band_.chebyshev[i][j];
            }
        }
        for (int k = 0; k <= degree_; ++k) {
            for (int i = 0; i < k; ++i) {
                const double ratio = a[k][i] / a[i][i];
                for (int m = k; m <= degree_; ++m) a[m][k] -= ratio * a[m][i];
                b[k] -= ratio * b[i];
            }
        }
        for (int k = degree_; k >= 0; --k) {
            double sum = b[k];
            for (int i = k + 1; i <= degree_; ++i) sum -= a[i][k] * c_[i];
            c_[k] = sum / a[k][k];
        }
    }

    constexpr void reweigh() noexcept
    {
        double error[n]{}, largest = 0.0;
        for (int j = 0; j < n; ++j) {
            double q = 0.0;
            for (int k = 0; k <= degree_; ++k) q += c_[k] * band_.chebyshev[k][j];
            error[j] = math::abs(q * inverse_target_[j] - 1.0);
            largest = largest > error[j] ? largest : error[j];
        }
        if (!(largest > 0.0)) return;
        double sum = 0.0;
        for (int j = 0; j < n; ++j) sum += weight_[j] *= math::sqrt(error[j] / largest + least_share);
        for (int j = 0; j < n; ++j) weight_[j] *= n / sum;
    }

    const fit_band& band_;
    int degree_;
    double inverse_target_[n]{};
    double weight_[n]{};
    double c_[fit_band::highest_degree + 1]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
