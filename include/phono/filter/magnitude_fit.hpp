// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/fit_band.hpp>
#include <phono/math/chebyshev_roots.hpp>
#include <phono/math/eigenvalues.hpp>
#include <phono/math/rational.hpp>

#include <bit>
#include <cstdint>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The zeros, inside the unit circle, and the squared DC value of a polynomial whose squared magnitude fits a target.
struct correction {
    math::roots zeros;
    double dc_power = 1.0;
};

/// For each number of points from 1 to 8, points on the unit circle that do not mirror each other in the real axis.
struct root_circles {
    math::complex at[math::chebyshev_roots::most][math::chebyshev_roots::most]{};

    constexpr root_circles() noexcept
    {
        for (int count = 1; count <= math::chebyshev_roots::most; ++count)
            for (int i = 0; i < count; ++i) {
                const double turn = (i + 0.1) / count, angle = 2.0 * math::pi * (turn > 0.5 ? turn - 1.0 : turn);
                at[count - 1][i] = {math::cos(angle), math::sin(angle)};
            }
    }
};
inline constexpr root_circles circle{};

/// Q(u) = sum over k <= degree of c_k T_k(u), fitted to `target` by least squares of the relative error, then again with the weights raised
/// where the error is large (Lawson's steps towards the minimax fit).
class magnitude_fit {
public:
    constexpr magnitude_fit(const fit_band& where, const double (&target)[fit_band::nodes], int order) noexcept
        : band_(where), degree_(order)
    {
        for (int j = 0; j < n; ++j) {
            inverse_target_[j] = 1.0 / target[j];
            squared_weight_[j] = 1.0;
            u_[j] = j < fit_band::half ? band_.odd[j][0] : -band_.odd[n - 1 - j][0];
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

        math::complex root[fit_band::highest_degree]{};
        if (!(!math::is_constant_evaluated() && find_roots(m, 1.0 / largest, root)) && !find_eigenvalues(m, root)) return false;
        for (int i = 0; i < m; ++i) {
            const math::complex u = root[i];
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
    static constexpr int n = fit_band::nodes, terms = fit_band::highest_degree + 1;
    static constexpr int lawson_steps = 2;
    /// Fraction of its weight that a node keeps where the error is zero. By trial: halving or doubling it changes no curve's error by 1 %.
    static constexpr double least_share = 0.05;

    /// The roots of Q in u, most often, from where they usually lie: near the guard poles, and the others on a circle.
    [[nodiscard]] bool find_roots(int m, double scale, math::complex* root) const noexcept
    {
        constexpr int most = math::chebyshev_roots::most;
        if (m > most) return false;
        double c[most + 1] = {}, at_zero = 0.0;
        for (int k = 0; k <= m; ++k) c[k] = scale * c_[k];
        for (int k = 0; k <= m; k += 2) at_zero += k % 4 == 0 ? c[k] : -c[k];
        double product = math::abs(at_zero / (c[m] * static_cast<double>(1 << (m - 1))));   // of all roots
        const int by_guards = band_.guards < m ? band_.guards : m - 1, others = m - by_guards;
        for (int i = 0; i < by_guards; ++i) {
            root[i] = {band_.start[i]};
            product /= -band_.start[i];
        }
        const double radius = rough_root(product, others);
        for (int i = 0; i < others; ++i) root[by_guards + i] = radius * circle.at[others - 1][i];
        return math::chebyshev_roots::find(c, m, root);
    }

    /// The same as eigenvalues, always.
    [[nodiscard]] constexpr bool find_eigenvalues(int m, math::complex* root) const noexcept
    {
        // The colleague matrix: u times (T_{m-1} ... T_0), with T_m eliminated by Q = 0. In this order it is of Hessenberg form.
        math::matrix<double, fit_band::highest_degree> colleague{};
        for (int k = 0; k < m; ++k) {
            if (k > 0) colleague(k, k - 1) = k == m - 1 ? 1.0 : 0.5;
            if (k + 1 < m) colleague(k, k + 1) = 0.5;
        }
        for (int k = 0; k < m; ++k) colleague(0, m - 1 - k) -= (m == 1 ? 1.0 : 0.5) * c_[k] / c_[m];
        const math::eigenvalue_solver<fit_band::highest_degree> solver{colleague, m};
        for (int i = 0; i < m; ++i) root[i] = solver.values()[i];
        return solver.converged();
    }

    /// The n-th root of a number, within some percent: its logarithm is taken to be linear between powers of two. At least 1.5.
    [[nodiscard]] static double rough_root(double x, int root_of) noexcept
    {
        constexpr double one = 1023.0 * 4503599627370496.0;   // the bits of 1.0 as a number
        if (!(x > 1.0 && math::is_finite(x))) return 1.5;
        const double bits = one + (static_cast<double>(std::bit_cast<std::int64_t>(x)) - one) / root_of;
        const auto root = std::bit_cast<double>(static_cast<std::int64_t>(bits));
        return root > 1.5 ? root : 1.5;
    }

    /// By polynomials that are orthogonal at the nodes, each found from the two before it, and what remains of the relative error behind
    /// each: normal equations would make some 1e-10 of the 1e-16 by which a target is rounded.
    constexpr void solve() noexcept
    {
        double p[n]{}, before[n]{};
        double on_p[terms]{}, on_before[terms]{};   // their coefficients: of T_0, T_1 ...
        for (int j = 0; j < n; ++j) p[j] = 1.0, error_[j] = 1.0;
        on_p[0] = 1.0;
        for (int k = 0; k < terms; ++k) c_[k] = 0.0;
        double inverse_norm_before = 0.0;
        for (int k = 0;; ++k) {
            double norm = 0.0, moment = 0.0, share = 0.0;
            for (int j = 0; j < n; ++j) {
                const double q = p[j] * inverse_target_[j], weighted = squared_weight_[j] * q;
                norm += weighted * q;
                moment += weighted * q * u_[j];
                share += weighted * error_[j];
            }
            const double inverse_norm = 1.0 / norm, part = share * inverse_norm;
            for (int j = 0; j < n; ++j) error_[j] -= part * p[j] * inverse_target_[j];
            for (int m = 0; m < terms; ++m) c_[m] += part * on_p[m];
            if (k == degree_) return;
            // Twice u times p, less what is not orthogonal to p and to the one before; 2 u T_m is T_(m+1) + T_|m-1|.
            const double mean = 2.0 * moment * inverse_norm, last = norm * inverse_norm_before;
            for (int j = 0; j < n; ++j) {
                const double next = (2.0 * u_[j] - mean) * p[j] - last * before[j];
                before[j] = p[j], p[j] = next;
            }
            double on_next[terms]{};
            for (int m = 0; m < terms; ++m) on_next[m] = -mean * on_p[m] - last * on_before[m];
            for (int m = 0; m + 1 < terms; ++m) on_next[m + 1] += on_p[m], on_next[m] += on_p[m + 1];
            on_next[1] += on_p[0];
            for (int m = 0; m < terms; ++m) on_before[m] = on_p[m], on_p[m] = on_next[m];
            inverse_norm_before = inverse_norm;
        }
    }

    /// A common factor of all weights changes nothing.
    constexpr void reweigh() noexcept
    {
        double largest = 0.0;
        for (int j = 0; j < n; ++j) {
            const double size = math::abs(error_[j]);
            largest = largest > size ? largest : size;
        }
        if (!(largest > 0.0)) return;
        const double share = 1.0 / largest;
        for (int j = 0; j < n; ++j) squared_weight_[j] *= math::abs(error_[j]) * share + least_share;
    }

    const fit_band& band_;
    int degree_;
    double inverse_target_[n]{};
    double squared_weight_[n]{};
    double u_[n]{}, error_[n]{};   ///< of the nodes, the relative error behind a solution
    double c_[terms]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
