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

    [[gnu::always_inline]] static void add_four(const detail::four_triodes::values& law, int from, const detail::four_triodes::numbers& vgk,
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

    [[gnu::always_inline]] static void add_four(const detail::four_triodes::values& law, int from, const detail::four_triodes::numbers& vgk,
                                                detail::four_triodes& i) noexcept
    {
        using numbers = detail::four_triodes::numbers;
        const numbers &r = law[from], &is = law[from + 1], &vt = law[from + 2], &offset = law[from + 3], one = numbers::all(1.0);
        const numbers inverses = one / (r * vt), per_r = inverses * vt;   // divisions take longest: one gives two reciprocals
        const numbers w = lambert(fmadd(vgk, inverses * r, offset));
        i.grid = i.grid + (vt * per_r * w - is);
        i.grid_by_grid = i.grid_by_grid + per_r * w / (one + w);
    }

    constexpr void check_values(value_checker& rules) const noexcept
    {
        rules.check_positive({{r, "diode_grid_current.r", "Ohm"}, {is, "diode_grid_current.is", "A"}, {vt, "diode_grid_current.vt", "V"}});
    }
    /// Behind the parameters stands what add_four() would otherwise compute each time.
    constexpr void store(law_values& list, int from) const noexcept
    {
        list[from] = r, list[from + 1] = is, list[from + 2] = vt;
        list[from + 3] = r > 0.0 && is > 0.0 && vt > 0.0 ? math::log(r * is / vt) + r * is / vt : 0.0;
    }
    [[nodiscard]] static constexpr diode_grid_current of(const law_values& l, int from) noexcept
    {
        return {l[from], l[from + 1], l[from + 2]};
    }

private:
    [[gnu::always_inline]] static constexpr double sum(double a, double b) noexcept { return a + b; }
    [[gnu::always_inline]] static detail::four_triodes::numbers sum(double a, const detail::four_triodes::numbers& b) noexcept
    {
        return detail::four_triodes::numbers::all(a) + b;
    }

    static constexpr double far_below = -12.0;
    /// The solution for e = e^x, x below far_below.
    template <class V>
    [[gnu::always_inline]] static constexpr V tail(const V& e) noexcept
    {
        return e * (sum(1.0, -1.0 * e) + 1.5 * e * e);
    }
    /// The initial value from s = ln(1 + e^x) and ln(1 + s): s less a share of ln(1 + s) which is 1/2 for small s and near 1/s for large s; a
    /// rational function of least error, by trial.
    template <class V>
    [[gnu::always_inline]] static constexpr V initial(const V& s, const V& log_1p) noexcept
    {
        const V over = sum(1.0, s * sum(0.9339, 0.2267 * s)), under = sum(2.0, s * sum(3.544, s * sum(1.1786, 0.2267 * s)));
        return s * sum(1.0, -1.0 * (log_1p * over / under));
    }
    /// What the value w is to be multiplied by where x - w - ln w is `off`.
    template <class V>
    [[gnu::always_inline]] static constexpr V correction(const V& w, const V& off) noexcept
    {
        const V next = sum(1.0, w), q = 2.0 * next * (next + (2.0 / 3.0) * off);
        return sum(1.0, off * (q - off) / (next * (q - 2.0 * off)));
    }

    /// Solves w + ln w = x: an initial value as R. Iacono and J. Boyd have it, New approximations to the principal real-valued branch of the
    /// Lambert W-function, Adv. Comput. Math. 43, 2017, but within 5e-4, then a fourth-order step of F. Fritsch, R. Shafer, W. Crowley,
    /// CACM 16(2), 1973, which leaves rounding.
    [[nodiscard]] static constexpr double lambert(double x) noexcept
    {
        if (x < far_below) return tail(math::exp(x));
        const double s = detail::softplus(x).value;
        const double w = initial(s, math::log1p(s));
        return w * correction(w, x - w - math::log(w));
    }
    [[nodiscard, gnu::always_inline]] static detail::four_triodes::numbers lambert(const detail::four_triodes::numbers& x) noexcept
    {
        using numbers = detail::four_triodes::numbers;
        // Held at e^-80: slopes that are no normal numbers would slow down what computes with them.
        const numbers below = numbers::all(far_below), least = tail(exp(max(x, numbers::all(-80.0))));
        if (largest(x) < far_below) return least;   // no grid conducts
        const numbers s = detail::softplus(x).value, w = initial(s, log(numbers::all(1.0) + s));
        return where_above(below, x, least, w * correction(w, x - w - log(w)));
    }
};

}   // namespace phono::inline v0_2
