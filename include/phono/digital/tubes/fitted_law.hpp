// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/math/elementary.hpp>

namespace phono::detail {

/// What a triode's currents are beyond their tangent at rest, fitted by polynomials for deviations of phono level; beyond the fit's
/// box, the law itself. Currents and slopes as functions of the deviations of grid and plate voltage.
///
/// The fit is Chebyshev interpolation in both voltages over a box that is halved until it keeps within 1e-9 of the tangent's own current
/// at the box's edge; its constant and its linear terms, 0 but for the error of the fit, are made 0.
class fitted_law {
public:
    constexpr fitted_law() noexcept = default;
    fitted_law(const any_law& law, double vgk, double vpk) noexcept : law_(law), vgk_(vgk), vpk_(vpk), rest_(law.currents(vgk, vpk))
    {
        for (int halving = 0; halving < 12; ++halving, grid_box_ *= 0.5, plate_box_ *= 0.5)
            if (fit()) return;
        grid_box_ = plate_box_ = 0.0;
    }

    /// The residual currents, and their slopes less those at rest.
    triode_currents operator()(double vg, double vp) const noexcept
    {
        const double x = vg * grid_scale_, y = vp * plate_scale_;
        if (x * x <= 1.0 && y * y <= 1.0) [[likely]] {
            triode_currents i;
            evaluate(plate_, x, y, i.plate, i.plate_by_grid, i.plate_by_plate);
            if (has_grid_current_) evaluate(grid_, x, y, i.grid, i.grid_by_grid, i.grid_by_plate);
            i.plate_by_grid *= grid_scale_, i.grid_by_grid *= grid_scale_;
            i.plate_by_plate *= plate_scale_, i.grid_by_plate *= plate_scale_;
            return i;
        }
        return exact(vg, vp);
    }

private:
    static constexpr int degree = 7;   ///< of x and y together: a plate's volt does what a grid's centivolt does
    using polynomial = double[degree + 1][degree + 1];

    triode_currents exact(double vg, double vp) const noexcept
    {
        triode_currents i = law_.currents(vgk_ + vg, vpk_ + vp);
        i.plate -= rest_.plate + rest_.plate_by_grid * vg + rest_.plate_by_plate * vp;
        i.grid -= rest_.grid + rest_.grid_by_grid * vg + rest_.grid_by_plate * vp;
        i.plate_by_grid -= rest_.plate_by_grid, i.plate_by_plate -= rest_.plate_by_plate;
        i.grid_by_grid -= rest_.grid_by_grid, i.grid_by_plate -= rest_.grid_by_plate;
        return i;
    }

    static void evaluate(const polynomial& c, double x, double y, double& value, double& by_x, double& by_y) noexcept
    {
        value = by_x = by_y = 0.0;
        for (int j = degree; j >= 0; --j) {
            double f = c[j][degree - j], d = 0.0;
            for (int i = degree - j - 1; i >= 0; --i) d = d * x + f, f = f * x + c[j][i];
            by_y = by_y * y + value, value = value * y + f, by_x = by_x * y + d;
        }
    }

    bool fit() noexcept
    {
        grid_scale_ = 1.0 / grid_box_, plate_scale_ = 1.0 / plate_box_;
        interpolate([this](double x, double y) { return exact(x * grid_box_, y * plate_box_).plate; }, plate_);
        interpolate([this](double x, double y) { return exact(x * grid_box_, y * plate_box_).grid; }, grid_);
        const double plate_tangent = math::abs(rest_.plate_by_grid) * grid_box_ + math::abs(rest_.plate_by_plate) * plate_box_;
        constexpr double allowed = 1e-9;
        double most_grid = 0.0;
        for (int i = -8; i <= 8; ++i)
            for (int j = -4; j <= 4; ++j) {
                const double x = i / 8.0, y = j / 4.0;
                const triode_currents law = exact(x * grid_box_, y * plate_box_);
                double plate = 0.0, grid = 0.0, unused = 0.0;
                evaluate(plate_, x, y, plate, unused, unused), evaluate(grid_, x, y, grid, unused, unused);
                if (!(math::abs(plate - law.plate) <= allowed * plate_tangent)) return false;
                if (!(math::abs(grid - law.grid) <= allowed * plate_tangent)) return false;
                most_grid = math::abs(law.grid) > most_grid ? math::abs(law.grid) : most_grid;
            }
        has_grid_current_ = most_grid > 1e-4 * allowed * plate_tangent;
        return true;
    }

    /// Monomials of the interpolant through Chebyshev's nodes in x and y.
    static void interpolate(const auto& f, polynomial& c) noexcept
    {
        constexpr int m = degree + 1, n = degree + 1;
        double chebyshev[n][m]{};
        for (int a = 0; a < m; ++a)
            for (int b = 0; b < n; ++b) {
                const double u = math::pi * (a + 0.5) / m, v = math::pi * (b + 0.5) / n;
                const double value = f(math::cos(u), math::cos(v));
                for (int i = 0; i < m; ++i)
                    for (int j = 0; j < n; ++j)
                        chebyshev[j][i] += (i > 0 ? 2.0 : 1.0) * (j > 0 ? 2.0 : 1.0) / (m * n) * value * math::cos(i * u) * math::cos(j * v);
            }
        double t[m][m]{};   // T_i as powers
        t[0][0] = 1.0, t[1][1] = 1.0;
        for (int i = 2; i < m; ++i)
            for (int k = 0; k < m; ++k) t[i][k] = (k > 0 ? 2.0 * t[i - 1][k - 1] : 0.0) - t[i - 2][k];
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < m; ++i) c[j][i] = 0.0;
        for (int j = 0; j < n; ++j)
            for (int i = 0; i < m; ++i)
                for (int q = 0; q <= j && i + j <= degree; ++q)
                    for (int k = 0; k <= i; ++k) c[q][k] += chebyshev[j][i] * t[j][q] * t[i][k];
        c[0][0] = c[0][1] = c[1][0] = 0.0;
    }

    any_law law_{};
    double vgk_ = 0.0, vpk_ = 0.0;
    triode_currents rest_{};
    double grid_box_ = 0.4, plate_box_ = 40.0, grid_scale_ = 0.0, plate_scale_ = 0.0;
    bool has_grid_current_ = false;
    polynomial plate_{}, grid_{};
};

}  // namespace phono::detail
