// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/large_signal/solver/bivariate_polynomial.hpp>

namespace phono::inline v0_2::detail {

/// A triode's residual plate current as a polynomial on a square around the operating point, where its grid current is negligible.
///
/// x: the grid's voltage over half_width. y: the plate voltage's deviation from -gain times the grid's, over half_height, since the plate
/// mostly follows the grid through the stage's gain. Exact at the operating point in value and slopes.
/// (eq. 25 of large_signal/README.md)
struct fitted_law {
    using polynomial = bivariate_polynomial<6, 1>;

    double gain = 0.0, half_width = 0.0, half_height = 0.0;
    double coefficient[polynomial::terms]{};

    /// Fits on the widest square on which `error(plate, grid, volts)` is within `most`: the effect of an error in the plate current and of
    /// an omitted grid current where the grid swings this many volts. `swings` are pairs of small-signal grid and plate voltages. False if
    /// there is no such square.
    template <class Swings>
    bool fit(const biased_triode& tube, const Swings& swings, const auto& error, double most) noexcept
    {
        constexpr double widest = 8.0, narrowest = 1e-3;   // V, half of the square
        const double aspect = follow(swings);
        for (half_width = widest; half_width > narrowest; half_width *= 0.8) {
            half_height = aspect * half_width;
            bivariate_fit<6, 1>::samples plate;
            const double grid = sample(tube, plate);
            bivariate_fit<6, 1> fitted{plate};
            if (!(error(fitted.error, grid, half_width) <= most)) continue;
            fitted.touch_zero();
            for (int n = 0; n < polynomial::terms; ++n) coefficient[n] = fitted.coefficient[n];
            return true;
        }
        return false;
    }

private:
    /// Finds the gain; returns the square's ratio of height to width, which is never zero, though a plate may not move.
    double follow(const auto& swings) noexcept
    {
        constexpr double flattest = 1e-3;
        double widest = 0.0, together = 0.0, power = 0.0, off = 0.0;
        for (const auto& [vg, vp] : swings) {
            together -= vg.re * vp.re + vg.im * vp.im, power += math::norm(vg);
            widest = math::abs(vg) > widest ? math::abs(vg) : widest;
        }
        gain = power > 0.0 ? together / power : 0.0;
        for (const auto& [vg, vp] : swings) {
            const double distance = math::abs(vp + math::complex{gain} * vg);
            off = distance > off ? distance : off;
        }
        // Half as much again for signals of several frequencies; a height of a sixth of the gain costs the fit next to nothing.
        const double seen = widest > 0.0 ? 1.5 * off / widest : 1.0, cheap = math::abs(gain) / 6.0;
        const double height = seen > cheap ? seen : cheap;
        return height > flattest ? height : flattest;
    }

    /// Samples the residual plate current; returns the largest residual grid current.
    double sample(const biased_triode& tube, bivariate_fit<6, 1>::samples& plate) const noexcept
    {
        const triode_currents rest = tube.law.currents(tube.vgk, tube.vpk);
        double grid = 0.0;
        for (int i = 0; i < bivariate_fit<6, 1>::columns; ++i)
            for (int j = 0; j < bivariate_fit<6, 1>::lines; ++j) {
                const double vg = half_width * bivariate_fit<6, 1>::column(i), vp = half_height * bivariate_fit<6, 1>::line(j) - gain * vg;
                const triode_currents now = tube.law.currents(tube.vgk + vg, tube.vpk + vp);
                plate[i][j] = now.plate - rest.plate - rest.plate_by_grid * vg - rest.plate_by_plate * vp;
                const double left_out = math::abs(now.grid - rest.grid - rest.grid_by_grid * vg - rest.grid_by_plate * vp);
                grid = left_out > grid ? left_out : grid;
            }
        return grid;
    }
};

}   // namespace phono::inline v0_2::detail
