// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>
#include <phono/circuit/rest_voltages.hpp>
#include <phono/units.hpp>

#include <array>

namespace phono {

/// How one triode rests. Voltages are against ground; mu, plate_resistance and transconductance are the slopes there.
struct tube_bias {
    voltage plate, grid, cathode;
    current plate_current, grid_current;
    double mu = 0.0;
    resistance plate_resistance;
    double transconductance = 0.0;   ///< siemens
    double dissipation = 0.0;        ///< of the plate, watts
};

/// How each triode of a schematic rests, in the order of the signal: the operating point of the whole direct-coupled circuit.
///
/// Accuracy: 1e-6 of ngspice's with the same law (tests/circuit/operating_point_test).
/// Errors: all zero where the schematic has a fault (see check()).
template <class... Block>
constexpr auto bias(const chain<Block...>& schematic) noexcept
{
    const auto circuit = elaborate(schematic);
    std::array<tube_bias, decltype(circuit)::capacity.triodes> all{};
    if (circuit.problem) return all;
    const rest_voltages volts{circuit};
    int number = 0;
    for (tube_bias& rest : all) {
        const triode_port& tube = circuit.triodes[number++];
        const triode_currents i = tube.law.currents(tube.vgk, tube.vpk);
        rest = {.plate = voltage{volts(tube.plate)},
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

}   // namespace phono
