// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/tube/dempwolf_zoelzer.hpp>
#include <phono/tube/koren.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

/// The laws of triodes, written out independently in long double from their papers.
namespace formula {

using real = long double;

/// ln(1 + e^x)
inline real softplus(real x) { return x > 0.0L ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

struct koren {
    real mu, ex, kg1, kp, kvb, vct = 0.0L;

    real as_printed(real vgk, real vpk) const
    {
        const real e1 = vpk / kp * softplus(kp * (1.0L / mu + (vgk + vct) / std::sqrt(kvb + vpk * vpk)));
        return 2.0L * std::pow(e1, ex) / kg1;
    }
    /// Linear from 1 mV down to zero at 0 V.
    real operator()(real vgk, real vpk) const
    {
        if (vpk <= 0.0L) return 0.0L;
        return vpk < 1e-3L ? as_printed(vgk, 1e-3L) * vpk / 1e-3L : as_printed(vgk, vpk);
    }
};

inline real soft_power(real v, real g, real c, real exponent) { return g * std::pow(softplus(c * v) / c, exponent); }

struct dempwolf_zoelzer {
    real g, mu, gamma, c, gg, xi, cg, ig0;

    real grid(real vgk) const { return soft_power(vgk, gg, cg, xi) + ig0; }
    real as_printed(real vgk, real vpk) const { return soft_power(vpk / mu + vgk, g, c, gamma) - grid(vgk); }
    /// Brought to zero over the last volt.
    real operator()(real vgk, real vpk) const
    {
        if (vpk <= 0.0L) return 0.0L;
        return as_printed(vgk, vpk) * (vpk < 1.0L ? vpk * vpk * (3.0L - 2.0L * vpk) : 1.0L);
    }
};

/// A diode of SPICE behind a resistance, by bisection on the diode's own voltage.
inline real diode(real vgk, real r = 2001.0L, real is = 1e-9L, real vt = 0.025864186L)
{
    const auto current = [&](real u) {
        return u < -3.0L * vt ? -is * (1.0L + std::pow(3.0L * vt / (std::exp(1.0L) * u), 3.0L)) : is * std::expm1(u / vt);
    };
    real low = std::min(vgk, 0.0L) - 1e-5L, high = vgk < 0.0L ? 1e-5L : std::min(vgk, vt * std::log1p(vgk / (r * is))) + 1e-5L;
    for (int n = 0; n < 200; ++n) {
        const real middle = 0.5L * (low + high);
        (r * current(middle) + middle < vgk ? low : high) = middle;
    }
    return current(0.5L * (low + high));
}

/// A law of the library beside its formulas, plate (vgk, vpk) and grid (vgk).
struct tube {
    std::string name;
    phono::any_law law;
    std::function<real(real, real)> plate;
    std::function<real(real)> grid;
};

/// Every law with every grid current, of several types.
inline std::vector<tube> tubes()
{
    using phono::diode_grid_current, phono::no_grid_current;
    const auto none = [](real) { return 0.0L; };
    const auto power = [](real vgk) { return soft_power(vgk, 6.177e-4L, 9.901L, 1.314L); };
    const auto by_diode = [](real vgk) { return diode(vgk); };
    const koren ax{100.0L, 1.4L, 1060.0L, 600.0L, 300.0L}, at{60.0L, 1.35L, 460.0L, 300.0L, 300.0L};
    const koren au{21.5L, 1.3L, 1180.0L, 84.0L, 300.0L}, dj{28.0L, 1.3L, 330.0L, 320.0L, 300.0L};
    const koren fit{100.68892L, 1.37751L, 1735.47L, 1825.053L, 144.484L, 0.54836L};
    const dempwolf_zoelzer rsd_1{2.242e-3L, 103.2L, 1.26L, 3.40L, 6.177e-4L, 1.314L, 9.901L, 8.025e-8L},
        rsd_2{2.173e-3L, 100.2L, 1.28L, 3.19L, 5.911e-4L, 1.358L, 11.76L, 4.527e-8L},
        ehx_1{1.371e-3L, 86.9L, 1.349L, 4.56L, 3.263e-4L, 1.156L, 11.99L, 3.917e-8L};
    return {
        {"Koren 12AX7 without grid current", phono::koren<no_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0}, ax, none},
        {"Koren 12AX7, power law", phono::koren<>{100.0, 1.4, 1060.0, 600.0, 300.0}, ax, power},
        {"Koren 12AX7, diode", phono::koren<diode_grid_current>{100.0, 1.4, 1060.0, 600.0, 300.0}, ax, by_diode},
        {"Koren 12AT7, diode", phono::koren<diode_grid_current>{60.0, 1.35, 460.0, 300.0, 300.0}, at, by_diode},
        {"Koren 12AU7, diode", phono::koren<diode_grid_current>{21.5, 1.3, 1180.0, 84.0, 300.0}, au, by_diode},
        {"Koren 6DJ8, power law", phono::koren<>{28.0, 1.3, 330.0, 320.0, 300.0}, dj, power},
        {"Cohen-Helie 12AX7, power law", phono::koren<>{100.68892, 1.37751, 1735.47, 1825.053, 144.484, 0.54836}, fit, power},
        {"Cohen-Helie 12AX7, diode", phono::koren<diode_grid_current>{100.68892, 1.37751, 1735.47, 1825.053, 144.484, 0.54836}, fit,
         by_diode},
        {"Dempwolf-Zoelzer RSD-1", phono::dempwolf_zoelzer{2.242e-3, 103.2, 1.26, 3.40, 6.177e-4, 1.314, 9.901, 8.025e-8}, rsd_1,
         [rsd_1](real v) { return rsd_1.grid(v); }},
        {"Dempwolf-Zoelzer RSD-2", phono::dempwolf_zoelzer{2.173e-3, 100.2, 1.28, 3.19, 5.911e-4, 1.358, 11.76, 4.527e-8}, rsd_2,
         [rsd_2](real v) { return rsd_2.grid(v); }},
        {"Dempwolf-Zoelzer EHX-1", phono::dempwolf_zoelzer{1.371e-3, 86.9, 1.349, 4.56, 3.263e-4, 1.156, 11.99, 3.917e-8}, ehx_1,
         [ehx_1](real v) { return ehx_1.grid(v); }},
    };
}

}   // namespace formula
