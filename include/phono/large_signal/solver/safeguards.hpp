// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono::inline v0_2::detail {

/// By what a search for port voltages keeps Newton's iteration from going astray, triode by triode (port_solver) or side by side
/// (newton_step). Steps are measured in volts at a grid and hundredths of that at a plate.
/// (eq. 21 of large_signal/README.md)
struct safeguards {
    static constexpr double straight = 1e-6;   ///< V; convergence is quadratic: after a step this short the laws are not evaluated again
    static constexpr int most_halvings = 12;   ///< of a step

    /// As near to a solution at a p of this size as is told apart from it, in volts.
    [[nodiscard]] static constexpr double close(double size) noexcept { return tolerance + relative_tolerance * size; }

    /// Whether this share of a step is taken, of which the simplified Newton correction is left: the natural monotonicity test.
    [[nodiscard]] static constexpr bool takes(double share, double step, double left, double close) noexcept
    {
        return left <= (1.0 - 0.25 * share) * step || left < close;
    }

    /// The share of a step that leaves a plate above 0 V which is there, if it may fall by so many volts; at most the given one.
    [[nodiscard]] static constexpr double within_reach(double share, double plate, double fall) noexcept
    {
        // Volts below which the laws are nearly straight: halving or doubling it changes the hardest of a preamp's samples by a fifth at
        // most.
        constexpr double near_zero = 2e-3;
        // By trial, two stages in 1e5 V of noise: at most 226 evaluations; with 0.95 it is 216, with 0.45 827.
        constexpr double most = 0.9;
        return plate > near_zero && share * fall > most * plate ? most * plate / fall : share;
    }

private:
    static constexpr double tolerance = 1e-11, relative_tolerance = 1e-13;
};

}   // namespace phono::inline v0_2::detail
