// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/netlist/valve_current.hpp>
#include <phono/netlist/valve_pins.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2::detail {

/// The currents that the sources of a subcircuit let flow from plate and grid to the cathode.
template <class Body>
struct electrode_currents {
    valve_current<Body> plate, grid;
};

template <class Body>
[[nodiscard]] constexpr bool is_straight(valve_current<Body>& current, double vgk) noexcept
{
    double values[3]{};
    for (int i = 0; i < 3; ++i) {
        const evaluation<double> at = current(vgk * (i + 1), 50.0 * (i + 1));
        if (at.wrong != mistake_kind::none) return false;
        values[i] = at.value;
    }
    return math::abs(values[0] - 2.0 * values[1] + values[2]) <= 1e-9 * math::abs(values[1]);
}
/// True if the sources between pins are no valve: a current that is a straight line.
template <class Body>
[[nodiscard]] constexpr bool is_linear(const Body& body, const valve_cards& cards) noexcept
{
    for (int one = 0; one < body.pins(); ++one)
        for (int other = one + 1; other < body.pins(); ++other) {
            if (!has_source_between(body, cards, one, other)) continue;
            valve_current<Body> current{body, cards, {}, one, other};
            if (!is_straight(current, 1.0) || !is_straight(current, -1.0)) return false;
        }
    return true;
}

[[nodiscard]] constexpr bool is_same_current(const evaluation<double>& read, double of_law, double scale) noexcept
{
    return read.wrong == mistake_kind::none && math::abs(read.value - of_law) <= 1e-9 * math::abs(of_law) + 1e-12 * scale;
}

/// True if a law has the currents of the sources, from far below cut-off up to grid current, and wherever ground is.
template <class Body>
[[nodiscard]] constexpr bool has_currents_of(const any_law& law, electrode_currents<Body>& currents, bool with_grid) noexcept
{
    constexpr double drives[] = {-0.04, -0.015, -0.006, 0.0, 0.01}, plates[] = {15.0, 90.0, 300.0};
    for (const double vpk : plates)
        for (const double drive : drives) {
            const double vgk = drive * vpk;
            const triode_currents i = law.currents(vgk, vpk);
            if (!is_same_current(currents.plate(vgk, vpk), i.plate, 1e-3)) return false;
            if (with_grid && !is_same_current(currents.grid(vgk, vpk), i.grid, 1e-6)) return false;
        }
    const triode_currents i = law.currents(-0.7, 120.0);
    if (!is_same_current(currents.plate(-0.7, 120.0, 31.0), i.plate, 1e-3)) return false;
    if (with_grid && !is_same_current(currents.grid(0.4, 70.0, 31.0), law.currents(0.4, 70.0).grid, 1e-6)) return false;
    // Below 0 V the power of a number below 0 may be doubtful, to ngspice and LTspice; the library has no current there.
    const evaluation<double> backwards = currents.plate(0.0, -10.0);
    return backwards.wrong == mistake_kind::doubtful_power || (backwards.wrong == mistake_kind::none && math::abs(backwards.value) <= 1e-6);
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
