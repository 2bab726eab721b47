// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/elaborate.hpp>
#include <phono/units.hpp>

#include <array>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2 {

/// The operating point of one triode. Voltages are to ground; mu, plate_resistance and transconductance are the small-signal values.
struct tube_bias {
    voltage plate, grid, cathode;
    current plate_current, grid_current;
    double mu = 0.0;
    resistance plate_resistance;
    double transconductance = 0.0;   ///< siemens
    double dissipation = 0.0;        ///< of the plate, watts
};

/// The operating point of each triode of a circuit, in signal order, in the terms of a data sheet.
///
/// Accuracy: within 1e-6 of ngspice with the same law (tests/circuit/operating_point_test).
/// Errors: all zero where the circuit has a problem().
template <netlist_size size>
[[nodiscard]] constexpr std::array<tube_bias, size.triodes> bias(const circuit<size>& held) noexcept
{
    std::array<tube_bias, size.triodes> all{};
    if (held.problem()) return all;
    const quiescent_voltages volts = held.quiescent();
    int number = 0;
    for (tube_bias& said : all) {
        const biased_triode& tube = held.triodes()[number++];
        const triode_currents& i = tube.at_rest;
        said = {.plate = voltage{volts(tube.plate)},
                .grid = voltage{volts(tube.grid)},
                .cathode = voltage{volts(tube.cathode)},
                .plate_current = current{i.plate},
                .grid_current = current{i.grid},
                .mu = i.plate_by_grid / i.plate_by_plate,
                .plate_resistance = resistance{1.0 / i.plate_by_plate},
                .transconductance = i.plate_by_grid,
                .dissipation = tube.vpk * i.plate};
    }
    return all;
}

/// The operating points of a schematic's triodes, solved for the whole direct-coupled circuit.
/// Errors: all zero where the schematic has a fault (see check()).
template <class... Block>
[[nodiscard]] constexpr auto bias(const chain<Block...>& schematic) noexcept
{
    return bias(circuit{schematic});
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
