// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/tube/lambert.hpp>
#include <phono/tube/softplus.hpp>

/// Laws of a triode's grid current, for use within a triode law: add(vgk, currents) adds to the grid's current and slope; store(list, from)
/// writes its parameters, at most eight, into the triode law's list from that index on, and of(list, from) makes it from them. Like a
/// triode law, it may state their ranges by check_values(rules).
namespace phono::inline v0_2 {

namespace detail {

/// A grid current law that also adds those of four triodes side by side, whose parameters stand in the triode law's list from an index on.
template <class Grid>
concept grids_together = requires(const four_triodes::values& law, int from, const four_triodes::numbers& vgk, four_triodes& i)
{
    Grid::add_together(law, from, vgk, i);
};

}   // namespace detail

/// A grid that draws no current.
struct no_grid_current {
    constexpr void add(double, triode_currents&) const noexcept {}
    template <int count>
    static void add_together(const math::vector<math::lanes<count>, law_capacity>&, int, const math::lanes<count>&,
                             detail::triodes_together<count>&) noexcept
    {
    }
    constexpr void store(law_values&, int) const noexcept {}
    [[nodiscard]] static constexpr no_grid_current of(const law_values&, int) noexcept { return {}; }
};

/// A smooth power law: Ig = g (ln(1 + exp(c Vgk))/c)^xi. It vanishes far below 0 V.
///
/// Range: all above zero.
/// Source: K. Dempwolf, U. Zoelzer, A physically-motivated triode model for circuit simulations, DAFx-11, 2011; constants of their tube
/// RSD-1, without its constant current.
struct power_grid_current {
    double g = 6.177e-4, xi = 1.314, c = 9.901;

    constexpr void add(double vgk, triode_currents& i) const noexcept
    {
        const detail::with_slope ramp = detail::softplus(c * vgk);
        const double current = g * detail::power(ramp.value / c, xi);
        i.grid += current;
        i.grid_by_grid += xi * c * current * ramp.slope / ramp.value;
    }

    template <int count>
    [[gnu::always_inline]] static void add_together(const math::vector<math::lanes<count>, law_capacity>& law, int from,
                                                    const math::lanes<count>& vgk, detail::triodes_together<count>& i) noexcept
    {
        using numbers = math::lanes<count>;
        const numbers &g = law[from], &xi = law[from + 1], &c = law[from + 2];
        const auto ramp = detail::log_softplus(c * vgk);
        const numbers current = g * exp(xi * (ramp.value - log(c)));
        i.grid = i.grid + current;
        i.grid_by_grid = fmadd(xi * c * current, ramp.slope, i.grid_by_grid);
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{g, "power_grid_current.g"}, {xi, "power_grid_current.xi"}, {c, "power_grid_current.c"}});
    }
    constexpr void store(law_values& list, int from) const noexcept { list[from] = g, list[from + 1] = xi, list[from + 2] = c; }
    [[nodiscard]] static constexpr power_grid_current of(const law_values& l, int from) noexcept
    {
        return {l[from], l[from + 1], l[from + 2]};
    }
};

/// A resistance in series with a diode of SPICE: Vgk = r Ig + V, and with V on the diode
///
///     Ig = is (exp(V/vt) - 1)              from -3 vt on
///     Ig = -is (1 + (3 vt/(e V))^3)        below, with the same value and slope there: what leaks comes to -is more slowly
///
/// Solved with the Lambert W function, Ig = vt w/r - is where w + ln w = ln(r is/vt) + (Vgk + r is)/vt; below, by a Newton step from there.
/// Range: all above zero.
/// Source: Koren's SPICE library: 2 kOhm and a diode with a saturation current of 1 nA and 1 Ohm; vt at 27 C. SPICE's diode: ngspice user's
/// manual, chapter on junction diodes, without its gmin.
struct diode_grid_current {
    double r = 2001.0, is = 1e-9, vt = 0.025864186;

    constexpr void add(double vgk, triode_currents& i) const noexcept
    {
        const double w = detail::lambert(math::log(r * is / vt) + (vgk + r * is) / vt);
        double current = vt / r * w - is, slope = w / (r * (1.0 + w));
        if (const double v = vgk - r * current; v < -3.0 * vt) {
            const double inverse = 1.0 / v, share = leak_share * vt * inverse, leaks = is * share * share * share;
            const double own = 3.0 * leaks * inverse, share_of_diode = 1.0 / (1.0 + r * own);   // of a change of Vgk
            const double step = (vgk - v + r * (is + leaks)) * share_of_diode;
            current = own * step - leaks - is;
            slope = own * share_of_diode * (1.0 - 4.0 * step * inverse * share_of_diode);   // own falls as V^-4
        }
        i.grid += current;
        i.grid_by_grid += slope;
    }

    template <int count>
    [[gnu::always_inline]] static void add_together(const math::vector<math::lanes<count>, law_capacity>& law, int from,
                                                    const math::lanes<count>& vgk, detail::triodes_together<count>& i) noexcept
    {
        using numbers = math::lanes<count>;
        const numbers &r = law[from], &is = law[from + 1], &vt = law[from + 2], &offset = law[from + 3], &per_vt = law[from + 4];
        const numbers &vt_per_r = law[from + 5], &leak = law[from + 6], one = numbers::all(1.0);
        const numbers w = detail::lambert(fmadd(vgk, per_vt, offset)), forward = vt_per_r * w - is;
        const numbers end = -3.0 * vt, v = vgk - r * forward,
                      reverse = max(min(v, end), numbers::all(-1e30));   // whose powers are in range
        // Divisions take longest, so one gives all reciprocals: of the cube of the diode's voltage, of what its slope shares with r, and of 1 + w.
        const numbers square = reverse * reverse, cube = square * reverse, fourth = square * square, conducts = one + w;
        const numbers with_r = fmadd(r, 3.0 * leak, fourth), both = cube * with_r, inverse = one / (both * conducts);
        const numbers per_with_r = inverse * conducts * cube, leaks = leak * (inverse * conducts * with_r);
        const numbers own = 3.0 * leak * per_with_r, total = vgk - reverse + r * (is + leaks);
        const numbers leaking = own * total - leaks - is, slope = own * (one - 4.0 * total * (cube * per_with_r) * (fourth * per_with_r));
        i.grid = i.grid + where_above(end, v, leaking, forward);
        i.grid_by_grid = i.grid_by_grid + where_above(end, v, slope, vt_per_r * per_vt * w * (inverse * both));
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{r, "diode_grid_current.r", "Ohm"}, {is, "diode_grid_current.is", "A"}, {vt, "diode_grid_current.vt", "V"}});
    }
    /// Behind the parameters stands what add_together() would otherwise compute each time.
    constexpr void store(law_values& list, int from) const noexcept
    {
        list[from] = r, list[from + 1] = is, list[from + 2] = vt;
        const bool is_in_range = r > 0.0 && is > 0.0 && vt > 0.0;
        list[from + 3] = is_in_range ? math::detail::log_by_series(r * is / vt) + r * is / vt : 0.0;
        list[from + 4] = is_in_range ? 1.0 / vt : 0.0, list[from + 5] = is_in_range ? vt / r : 0.0;
        const double share = leak_share * vt;
        list[from + 6] = is * share * share * share;
    }
    [[nodiscard]] static constexpr diode_grid_current of(const law_values& l, int from) noexcept
    {
        return {l[from], l[from + 1], l[from + 2]};
    }

private:
    static constexpr double leak_share = 3.0 / 2.718281828459045;   ///< 3/e
};

}   // namespace phono::inline v0_2
