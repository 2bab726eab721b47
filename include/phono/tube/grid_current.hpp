// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/tube/softplus.hpp>

/// Laws of a triode's grid current, for use within a triode law: add(vgk, currents) adds to the grid's current and slope; store(list, from)
/// writes its parameters into the triode law's list from that index on, and of(list, from) makes it from them. Like a triode law, it may
/// state their ranges by check_values(rules).
namespace phono::inline v0_2 {

namespace detail {

/// A grid current law that also adds those of four triodes side by side, whose parameters stand in the triode law's list from an index on.
template <class Grid>
concept four_grids = requires(const four_triodes::values& law, int from, const four_triodes::numbers& vgk, four_triodes& i)
{
    Grid::add_four(law, from, vgk, i);
};

}   // namespace detail

/// A grid that draws no current.
struct no_grid_current {
    constexpr void add(double, triode_currents&) const noexcept {}
    static void add_four(const detail::four_triodes::values&, int, const detail::four_triodes::numbers&, detail::four_triodes&) noexcept {}
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

    static void add_four(const detail::four_triodes::values& law, int from, const detail::four_triodes::numbers& vgk,
                         detail::four_triodes& i) noexcept
    {
        using numbers = detail::four_triodes::numbers;
        const numbers &g = law[from], &xi = law[from + 1], &c = law[from + 2];
        const auto ramp = detail::softplus(c * vgk);
        const numbers current = g * detail::power(ramp.value / c, xi);
        i.grid = i.grid + current;
        i.grid_by_grid = fmadd(xi * c * current, ramp.slope / ramp.value, i.grid_by_grid);
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

/// A resistance in series with a diode: Vgk = r Ig + vt ln(1 + Ig/is). Reverse-biased, Ig tends to -is.
///
/// Solved with the Lambert W function: Ig = vt w/r - is, where w + ln w = ln(r is/vt) + (Vgk + r is)/vt.
/// Range: all above zero.
/// Source: Koren's SPICE library: 2 kOhm and a diode with a saturation current of 1 nA and 1 Ohm; vt at 27 C.
struct diode_grid_current {
    double r = 2001.0, is = 1e-9, vt = 0.025864186;

    constexpr void add(double vgk, triode_currents& i) const noexcept
    {
        const double w = lambert(math::log(r * is / vt) + (vgk + r * is) / vt);
        i.grid += vt / r * w - is;
        i.grid_by_grid += w / (r * (1.0 + w));
    }

    static void add_four(const detail::four_triodes::values& law, int from, const detail::four_triodes::numbers& vgk,
                         detail::four_triodes& i) noexcept
    {
        using numbers = detail::four_triodes::numbers;
        const numbers &r = law[from], &is = law[from + 1], &vt = law[from + 2];
        const numbers w = lambert(log(r * is / vt) + (vgk + r * is) / vt);
        i.grid = i.grid + (vt / r * w - is);
        i.grid_by_grid = i.grid_by_grid + w / (r * (numbers::all(1.0) + w));
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{r, "diode_grid_current.r", "Ohm"}, {is, "diode_grid_current.is", "A"}, {vt, "diode_grid_current.vt", "V"}});
    }
    constexpr void store(law_values& list, int from) const noexcept { list[from] = r, list[from + 1] = is, list[from + 2] = vt; }
    [[nodiscard]] static constexpr diode_grid_current of(const law_values& l, int from) noexcept
    {
        return {l[from], l[from + 1], l[from + 2]};
    }

private:
    /// Solves w + ln w = x: initial value of R. Iacono, J. Boyd, New approximations to the principal real-valued branch of the Lambert
    /// W-function, Adv. Comput. Math. 43, 2017, then two fourth-order steps of F. Fritsch, R. Shafer, W. Crowley, CACM 16(2), 1973.
    [[nodiscard]] static constexpr double lambert(double x) noexcept
    {
        if (x < -36.0) return math::exp(x);
        const double s = detail::softplus(x).value;
        double w = s * (1.0 - math::log1p(s) / (2.0 + s));
        for (int n = 0; n < 2; ++n) {
            const double off = x - w - math::log(w);
            const double q = 2.0 * (1.0 + w) * (1.0 + w + (2.0 / 3.0) * off);
            w *= 1.0 + off / (1.0 + w) * (q - off) / (q - 2.0 * off);
        }
        return w;
    }
    [[nodiscard]] static detail::four_triodes::numbers lambert(const detail::four_triodes::numbers& x) noexcept
    {
        using numbers = detail::four_triodes::numbers;
        const numbers one = numbers::all(1.0), far_below = numbers::all(-36.0), tail = exp(x);
        if (largest(x) < far_below[0]) return tail;   // no grid conducts
        const numbers s = detail::softplus(x).value;
        numbers w = s * (one - log(one + s) / (one + one + s));
        for (int n = 0; n < 2; ++n) {
            const numbers off = x - w - log(w), next = one + w;
            const numbers q = 2.0 * next * (next + (2.0 / 3.0) * off);
            w = w * (one + off * (q - off) / (next * (q - 2.0 * off)));
        }
        return where_above(far_below, x, tail, w);
    }
};

}   // namespace phono::inline v0_2
