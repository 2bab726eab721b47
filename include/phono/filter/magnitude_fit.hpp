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
    static constexpr int n = fit_band::nodes;
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

    /// Normal equations and their LDL^T factors; no pivoting, since they are positive definite.
    ///
    /// Their sums over the nodes of W T_i T_k are halves of moments of W, of degrees i + k and |i - k|. The moments are summed for both
    /// halves of the band at once: nodes opposite each other add in even degrees and subtract in odd ones.
    constexpr void solve() noexcept
    {
        constexpr int terms = fit_band::terms;
        double even[terms]{}, odd[terms]{}, even_side[terms / 2]{}, odd_side[terms / 2]{};
        for (int j = 0; j < fit_band::half; ++j) {
            const int opposite = n - 1 - j;
            const double one = squared_weight_[j] * inverse_target_[j], other = squared_weight_[opposite] * inverse_target_[opposite];
            const double one_square = one * inverse_target_[j], other_square = other * inverse_target_[opposite];
            const double sum = one_square + other_square, difference = one_square - other_square;
            for (int k = 0; k < terms; ++k) even[k] += sum * band_.even[j][k];
            for (int k = 0; k < terms; ++k) odd[k] += difference * band_.odd[j][k];
            for (int k = 0; k < terms / 2; ++k) even_side[k] += (one + other) * band_.even[j][k];
            for (int k = 0; k < terms / 2; ++k) odd_side[k] += (one - other) * band_.odd[j][k];
        }
        double moment[2 * terms]{};
        for (int k = 0, i = 0; k < terms; ++k, i += 2) moment[i] = even[k], moment[i + 1] = odd[k];
        constexpr int side = terms, columns = terms + 2;   // the right-hand side stands behind the matrix; rows are whole vectors of four
        double a[terms][columns]{}, inverse_pivot[terms]{};
        for (int k = 0; k <= degree_; ++k) {
            double* const row = a[k];
            for (int m = k; m <= degree_; ++m) row[m] = 0.5 * (moment[m + k] + moment[m - k]);
            row[side] = k % 2 == 0 ? even_side[k / 2] : odd_side[k / 2];
            for (int i = 0; i < k; ++i) {
                const double* const upper = a[i];
                const double ratio = upper[k] * inverse_pivot[i];
                for (int m = 0; m < columns; ++m) row[m] -= ratio * upper[m];   // also what is below the diagonal and not used
            }
            inverse_pivot[k] = 1.0 / row[k];
        }
        for (int k = degree_; k >= 0; --k) {   // by columns: what is found last is needed first
            c_[k] = a[k][side] * inverse_pivot[k];
            for (int i = 0; i < k; ++i) a[i][side] -= a[i][k] * c_[k];
        }
    }

    /// A common factor of all weights changes nothing.
    constexpr void reweigh() noexcept
    {
        double error[n]{}, largest = 0.0;
        for (int j = 0; j < fit_band::half; ++j) {
            const int opposite = n - 1 - j;
            double even = 0.0, odd = 0.0;
            for (int k = 0, i = 0; k < fit_band::terms / 2; ++k, i += 2)
                even += c_[i] * band_.even[j][k], odd += c_[i + 1] * band_.odd[j][k];
            error[j] = math::abs((even + odd) * inverse_target_[j] - 1.0);
            error[opposite] = math::abs((even - odd) * inverse_target_[opposite] - 1.0);
            largest = largest > error[j] ? largest : error[j];
            largest = largest > error[opposite] ? largest : error[opposite];
        }
        if (!(largest > 0.0)) return;
        const double share = 1.0 / largest;
        for (int j = 0; j < n; ++j) squared_weight_[j] *= error[j] * share + least_share;
    }

    const fit_band& band_;
    int degree_;
    double inverse_target_[n]{};
    double squared_weight_[n]{};
    double c_[fit_band::highest_degree + 1]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
