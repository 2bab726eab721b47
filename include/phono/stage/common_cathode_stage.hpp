// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/tube/triode.hpp>

namespace phono::inline v0_2 {

/// A triode with its load in the plate circuit: the usual gain stage. It inverts.
///
/// Circuit: the output is the plate, at its quiescent voltage: the next block is direct-coupled, or coupled by series_arm{capacitor{...}}
/// with a grid_leak or shunt_arm of its own.
///
///                               supply
///                                 |
///                            [plate_load]
///                                 |
///                                 +------- out
///                                 |
///                               plate
///     in --+--[stopper]------ grid   tube
///          |                   cathode
///          |                      |
///     [grid_leak]                 +------------+
///          |                      |            |
///        ground          [cathode_resistor] [bypass]
///                                 |            |
///                               ground       ground
///
/// Range: any supply, 0 V being switched off; resistances above zero, except grid_leak and stopper, 0 (absent) or above; bypass 0 (absent)
/// or above. cathode_tap, if not 0, is the number of a tap at the cathode, to which a bridge can lead feedback. rail, if not 0, is the
/// number of a supply_rail or decoupling before it in the chain, which feeds the plate load in place of an ideal supply.
struct common_cathode_stage {
    static constexpr signal_role role = signal_role::stage;

    triode tube{};
    voltage supply{300.0};
    resistance plate_load{100e3};
    resistance cathode_resistor{1.5e3};
    capacitance bypass{0.0};
    resistance grid_leak{0.0};
    resistance stopper{0.0};
    int cathode_tap = 0;
    int rail = 0;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(supply.si, value_rule::finite, "common_cathode_stage.supply", "V");
        const node grid = circuit.node(), cathode = circuit.node(), plate = circuit.node();
        circuit.optional_shunt_resistor(in, ground, grid_leak, "common_cathode_stage.grid_leak");
        circuit.optional_series_resistor(in, grid, stopper, "common_cathode_stage.stopper");
        const node feed = circuit.rail(rail, "common_cathode_stage.rail");
        circuit.biased_resistor(plate, feed, plate_load, rail == 0 ? supply : voltage{0.0}, "common_cathode_stage.plate_load");
        circuit.resistor(cathode, ground, cathode_resistor, "common_cathode_stage.cathode_resistor");
        circuit.optional_capacitor(cathode, ground, bypass, "common_cathode_stage.bypass");
        tube.elaborate(circuit, plate, grid, cathode);
        circuit.mark(cathode_tap, cathode);
        return plate;
    }
};

}   // namespace phono::inline v0_2
