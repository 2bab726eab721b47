// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/repeatable_functions.hpp>
#include <phono/network/node.hpp>
#include <phono/units.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// One of several windings on a core: an inductance from a to b. A current into `a` of one raises the voltage at `a` of the others.
struct winding {
    node a{}, b{};
    double henries = 0.0;
};

inline constexpr int most_windings = 8;

/// Coefficients of coupling, a symmetric matrix with 1 on its diagonal, as U D U^T: U is 1 on its diagonal and 0 above it, D is diagonal, with
/// 0 where a winding is wholly coupled to those before it. There is one only if no current has negative energy.
struct coupling_factors {
    double upper[most_windings][most_windings]{};   ///< U
    double rest[most_windings]{};                   ///< D: what of each winding's inductance those before it leave over
    bool are_possible = true;

    constexpr coupling_factors(const double* coupling, int count) noexcept
    {
        constexpr double rounding = 1e-14;
        for (int k = 0; k < count; ++k) {
            double left[most_windings]{};   // of column k, what the columns before it leave over
            for (int m = k; m < count; ++m) {
                left[m] = coupling[m * count + k];
                for (int j = 0; j < k; ++j) left[m] -= upper[m][j] * rest[j] * upper[k][j];
            }
            upper[k][k] = 1.0;
            rest[k] = math::abs(left[k]) < rounding ? 0.0 : left[k];
            are_possible = are_possible && rest[k] >= 0.0;
            for (int m = k + 1; m < count; ++m) {
                if (rest[k] > 0.0) upper[m][k] = left[m] / rest[k];
                else are_possible = are_possible && math::abs(left[m]) < rounding;
            }
        }
    }
};

/// Places any number of coupled windings, up to eight, wholly coupled ones (k = 1) too. coupling[m count + k] is that of windings m and k;
/// names[k] is the name of winding k.
///
/// Circuit: the current of winding m is the voltage, in volts for amperes, of a node x_m that no current leaves, which states the voltage
/// law of the winding: v(a_m) - v(b_m) = sum of U_mk w_k. The inductance that is left over of winding k carries the sum of U_mk x_m over all
/// m, and has the voltage w_k. The number of parts depends on `count` alone.
/// Range: inductances above zero, coefficients that coupling_factors finds possible.
constexpr void place_coupled_windings(auto& circuit, const winding* windings, int count, const double* coupling,
                                      const char* const* names) noexcept
{
    const coupling_factors factors{coupling, count};
    node current[most_windings]{}, flux[most_windings]{};
    for (int k = 0; k < count; ++k) current[k] = circuit.node(), flux[k] = circuit.node();
    for (int k = 0; k < count; ++k) {
        const winding& w = windings[k];
        circuit.transconductance(w.a, w.b, current[k], ground, 1.0, names[k]);
        circuit.transconductance(current[k], ground, w.a, w.b, 1.0, names[k]);
        circuit.optional_inductor(flux[k], ground, inductance{factors.rest[k] * w.henries}, names[k]);
        for (int m = k; m < count; ++m) {
            const double turns = factors.upper[m][k] * repeatable::sqrt(windings[m].henries / w.henries);
            circuit.transconductance(ground, current[m], flux[k], ground, turns, names[m]);
            circuit.transconductance(ground, flux[k], current[m], ground, turns, names[m]);
        }
    }
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
