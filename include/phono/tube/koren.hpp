// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/tube/grid_current.hpp>

namespace phono::inline v0_2 {

/// Koren's triode law, with one of the grid current laws of grid_current.hpp.
///
/// E1 = (Vpk/kp) ln(1 + exp(kp (1/mu + (Vgk + vct)/sqrt(kvb + Vpk^2)))), Ip = 2 E1^ex / kg1; no current for Vpk below 0.
/// vct, the grid's contact potential, is 0 in Koren's own law and is fitted in that of Cohen and Helie.
/// Units: kvb in volts squared, kp and mu in volts per volt, kg1 scaled so that Ip is in amperes.
/// Range: all above zero except vct.
/// Sources: N. Koren, Improved Vacuum Tube Models for SPICE, Glass Audio 8(5), 1996; I. Cohen, T. Helie, Measures and parameter estimation
/// of triodes for the real-time simulation of a multi-stage guitar preamplifier, AES 129, 2010.
template <class Grid = power_grid_current>
struct koren {
    double mu = 100.0, ex = 1.4, kg1 = 1060.0, kp = 600.0, kvb = 300.0, vct = 0.0;
    Grid grid{};

    [[nodiscard]] constexpr triode_currents currents(double vgk, double vpk) const noexcept
    {
        triode_currents i;
        grid.add(vgk, i);
        // Below the least plate voltage a straight line to zero current replaces the law, whose slope formula is 0/0 at 0 V.
        constexpr double least = 1e-3;
        const double v = vpk > least ? vpk : least;
        const double inverse = 1.0 / math::sqrt(kvb + v * v);
        const double share = v * inverse, tilt = (vgk + vct) * inverse;
        const detail::with_slope ramp = detail::softplus(kp / mu + kp * tilt);
        const double steepness = ramp.value / kp;
        const double e1 = v * steepness;
        i.plate = 2.0 * detail::power(e1, ex) / kg1;
        const double by_e1 = ex * i.plate / e1;
        i.plate_by_grid = by_e1 * ramp.slope * share;
        i.plate_by_plate = by_e1 * (steepness - ramp.slope * share * share * tilt);
        if (vpk < least) {
            const double along = vpk > 0.0 ? vpk / least : 0.0;
            i.plate_by_plate = vpk > 0.0 ? i.plate / least : 0.0;
            i.plate *= along, i.plate_by_grid *= along;
        }
        return i;
    }

    /// The same for triodes side by side.
    template <int count>
    [[nodiscard]] static detail::triodes_together<count> together(
        const typename detail::triodes_together<count>::values& law, const typename detail::triodes_together<count>::numbers& vgk,
        const typename detail::triodes_together<count>::numbers& vpk) noexcept requires detail::grids_together<Grid>
    {
        using numbers = typename detail::triodes_together<count>::numbers;
        const numbers &ex = law[1], &kp = law[3], &kvb = law[4], &vct = law[5], &at_0 = law[derived], &scale = law[derived + 1];
        constexpr double least_volts = 1e-3;
        const numbers least = numbers::all(least_volts), zero{}, one = numbers::all(1.0);
        const numbers v = max(vpk, least);
        const numbers inverse = math::inverse_sqrt(fmadd(v, v, kvb));
        const numbers steepness = kp * inverse, tilt = (vgk + vct) * steepness;
        numbers log_v, by_v;
        math::log_and_inverse(v.behind(inverse), log_v, by_v);
        const auto ramp = detail::log_softplus(at_0 + tilt);
        numbers plate = exp(fmadd(ex, ramp.value + log_v, scale));
        const numbers slope = ex * plate;
        numbers by_grid = slope * (ramp.slope * steepness), by_plate = slope * (by_v - (ramp.slope * tilt) * (v * inverse * inverse));
        detail::triodes_together<count> of_grid;    // in registers: what is returned is never cleared first
        Grid::add_together(law, 6, vgk, of_grid);   // last: it takes less time, and may begin before what stands above has ended
        if (places_at_most(least - vpk, 0.0) != numbers::everywhere) [[unlikely]] {
            const numbers along = where_above(least, vpk, (1.0 / least_volts) * max(vpk, zero), one);
            const numbers straight = where_above(vpk, zero, (1.0 / least_volts) * plate, zero);
            by_plate = where_above(least, vpk, straight, by_plate);
            plate = plate * along, by_grid = by_grid * along;
        }
        return {plate, by_grid, by_plate, of_grid.grid, of_grid.grid_by_grid, of_grid.grid_by_plate};
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{mu, "koren.mu"}, {ex, "koren.ex"}, {kg1, "koren.kg1"}, {kp, "koren.kp"}, {kvb, "koren.kvb"}});
        rules.check_value(vct, value_rule::finite, "koren.vct", "V");
        detail::check_values_of(grid, rules);
    }
    [[nodiscard]] constexpr law_values values() const noexcept
    {
        law_values list{};
        const double own[] = {mu, ex, kg1, kp, kvb, vct};
        for (int n = 0; n < 6; ++n) list[n] = own[n];
        grid.store(list, 6);
        // Far behind the parameters stands what together() would otherwise compute each time: with the same bits in a constant and at run time, so
        // that a law of a text in a type is that of the same text in a file.
        const bool is_in_range = mu > 0.0 && ex > 0.0 && kg1 > 0.0 && kp > 0.0;
        list[derived] = is_in_range ? kp / mu : 0.0;
        list[derived + 1] = is_in_range ? math::detail::log_by_series(2.0 / kg1) - ex * math::detail::log_by_series(kp) : 0.0;
        return list;
    }
    [[nodiscard]] static constexpr koren of(const law_values& list) noexcept
    {
        return {list[0], list[1], list[2], list[3], list[4], list[5], Grid::of(list, 6)};
    }

private:
    static constexpr int derived = law_capacity - 2;
};

}   // namespace phono::inline v0_2
