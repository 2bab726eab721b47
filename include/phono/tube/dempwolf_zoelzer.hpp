// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/tube/softplus.hpp>

namespace phono::inline v0_2 {

/// The triode law of Dempwolf and Zoelzer, given as cathode and grid currents.
///
/// Ik = g (ln(1 + exp(c (Vpk/mu + Vgk)))/c)^gamma, Ig = gg (ln(1 + exp(cg Vgk))/cg)^xi + ig0, Ip = Ik - Ig.
/// As printed, the law gives plate current at a plate voltage of 0 V and below; here the current falls smoothly to zero over the last volt,
/// as Ip (3 Vpk^2 - 2 Vpk^3). In cut-off, Ip is -ig0.
/// Range: all above zero, except that ig0 may be 0.
/// Source: K. Dempwolf, U. Zoelzer, A physically-motivated triode model for circuit simulations, DAFx-11, 2011. The constants are their
/// 12AX7 RSD-1 as printed in public code that cites the paper.
struct dempwolf_zoelzer {
    double g = 2.242e-3, mu = 103.2, gamma = 1.26, c = 3.40;
    double gg = 6.177e-4, xi = 1.314, cg = 9.901, ig0 = 8.025e-8;

    [[nodiscard]] constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        const detail::with_slope ramp = detail::softplus(c * (vpk / mu + vgk));
        const double cathode = g * detail::power(ramp.value / c, gamma);
        const double slope = gamma * c * cathode * ramp.slope / ramp.value;
        const detail::with_slope grid_ramp = detail::softplus(cg * vgk);
        const double grid = gg * detail::power(grid_ramp.value / cg, xi);
        const double grid_slope = xi * cg * grid * grid_ramp.slope / grid_ramp.value;
        triode_currents i{cathode - grid - ig0, slope - grid_slope, slope / mu, grid + ig0, grid_slope, 0.0};
        if (vpk < 1.0) {
            const double v = vpk > 0.0 ? vpk : 0.0;
            const double share = v * v * (3.0 - 2.0 * v);
            i.plate_by_plate = share * i.plate_by_plate + 6.0 * v * (1.0 - v) * i.plate;
            i.plate *= share, i.plate_by_grid *= share;
        }
        return i;
    }

    /// The same for triodes side by side.
    template <int count>
    [[nodiscard]] static detail::triodes_together<count> together(const typename detail::triodes_together<count>::values& law,
                                                                  const typename detail::triodes_together<count>::numbers& vgk,
                                                                  const typename detail::triodes_together<count>::numbers& vpk) noexcept
    {
        using numbers = typename detail::triodes_together<count>::numbers;
        const numbers &g = law[0], &mu = law[1], &gamma = law[2], &c = law[3], &gg = law[4], &xi = law[5], &cg = law[6], &ig0 = law[7];
        const auto ramp = detail::log_softplus(c * (vpk / mu + vgk)), grid_ramp = detail::log_softplus(cg * vgk);
        const numbers cathode = g * exp(gamma * (ramp.value - log(c)));
        const numbers slope = gamma * c * cathode * ramp.slope;
        const numbers grid = gg * exp(xi * (grid_ramp.value - log(cg)));
        const numbers grid_slope = xi * cg * grid * grid_ramp.slope;
        const numbers zero{}, one = numbers::all(1.0);
        const numbers v = where_above(one, vpk, max(vpk, zero), one);   // 0 to 1 in the last volt: of share 1 and slope 0 above it
        const numbers share = v * v * (numbers::all(3.0) - 2.0 * v);
        const numbers plate = cathode - grid - ig0;
        return {share * plate, share * (slope - grid_slope), share * slope / mu + 6.0 * v * (one - v) * plate, grid + ig0, grid_slope, {}};
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{g, "dempwolf_zoelzer.g"},
                              {mu, "dempwolf_zoelzer.mu"},
                              {gamma, "dempwolf_zoelzer.gamma"},
                              {c, "dempwolf_zoelzer.c"},
                              {gg, "dempwolf_zoelzer.gg"},
                              {xi, "dempwolf_zoelzer.xi"},
                              {cg, "dempwolf_zoelzer.cg"}});
        rules.check_value(ig0, value_rule::not_negative, "dempwolf_zoelzer.ig0", "A");
    }
    [[nodiscard]] constexpr law_values values() const noexcept
    {
        law_values list{};
        const double own[] = {g, mu, gamma, c, gg, xi, cg, ig0};
        for (int n = 0; n < 8; ++n) list[n] = own[n];
        return list;
    }
    [[nodiscard]] static constexpr dempwolf_zoelzer of(const law_values& l) noexcept
    {
        return {l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7]};
    }
};

}   // namespace phono::inline v0_2
