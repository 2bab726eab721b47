// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/tube/koren.hpp>
#include <phono/tube/triode.hpp>

#include <algorithm>
#include <cmath>

namespace ngspice {

/// The grid's diode as ngspice computes it: from -3 vt down an approximation, and gmin across it.
struct diode {
    double r = 2001.0, is = 1e-9, vt = 0.025864186;

    void add(double vgk, phono::triode_currents& i) const noexcept
    {
        double low = std::min(vgk, 0.0) - 1e-3, high = std::max(vgk, 0.0) + 1e-3;
        for (int n = 0; n < 200; ++n) {
            const double middle = 0.5 * (low + high);
            (middle + r * current(middle) < vgk ? low : high) = middle;
        }
        const double v = 0.5 * (low + high), slope = (current(v + 1e-7) - current(v - 1e-7)) / 2e-7;
        i.grid += current(v);
        i.grid_by_grid += slope / (1.0 + r * slope);
    }
    void store(phono::law_values& list, int from) const noexcept { list[from] = r, list[from + 1] = is, list[from + 2] = vt; }
    static diode of(const phono::law_values& l, int from) noexcept { return {l[from], l[from + 1], l[from + 2]}; }

private:
    double current(double v) const noexcept
    {
        constexpr double gmin = 1e-15;
        const double share = 3.0 * vt / (std::exp(1.0) * v);
        return gmin * v + (v < -3.0 * vt ? -is * (1.0 + share * share * share) : is * std::expm1(v / vt));
    }
};

/// A law with ngspice's diode in place of the library's, if it has one.
inline phono::any_law with_ngspice_diode(const phono::any_law& law)
{
    if (!law.is<phono::koren<phono::diode_grid_current>>()) return law;
    const auto own = phono::koren<phono::diode_grid_current>::of(law.value);
    return phono::koren<diode>{own.mu, own.ex, own.kg1, own.kp, own.kvb, own.vct, {own.grid.r, own.grid.is, own.grid.vt}};
}

}   // namespace ngspice
