// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/part.hpp>
#include <phono/circuit/triode_law.hpp>
#include <phono/network/node.hpp>
#include <phono/tube/koren.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// A triode: a law for its currents and the capacitances between its electrodes.
///
/// Range: a law that does what a triode does (triode_law says what that is), with its parameters in their ranges; capacitances 0 (absent)
/// or above; plate_leak, a resistance from plate to cathode that belongs to the tube's model, 0 (absent) or above.
struct triode {
    any_law law = koren<>{};
    capacitance grid_cathode{1.6e-12};
    capacitance grid_plate{1.7e-12};
    capacitance plate_cathode{0.46e-12};
    resistance plate_leak{0.0};

    constexpr void elaborate(auto& circuit, node plate, node grid, node cathode) const noexcept
    {
        circuit.triode(plate, grid, cathode, law);
        circuit.optional_capacitor(grid, cathode, grid_cathode, "triode.grid_cathode");
        circuit.of_model();
        circuit.optional_capacitor(grid, plate, grid_plate, "triode.grid_plate");
        circuit.of_model();
        circuit.optional_capacitor(plate, cathode, plate_cathode, "triode.plate_cathode");
        circuit.of_model();
        circuit.optional_shunt_resistor(plate, cathode, plate_leak, "triode.plate_leak");
        circuit.of_model();
    }
};

}   // namespace phono::inline v0_2
