// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/tube/triode.hpp>

namespace phono::inline v0_2 {

/// A triode with its load in the cathode circuit: a buffer of a little less than unity gain and low output impedance.
///
/// Circuit: the output is the cathode, at its quiescent voltage.
///
///                               supply
///                                 |
///                               plate
///     in --+--[stopper]------ grid   tube
///          |                   cathode
///     [grid_leak]                 |
///          |                      +------- out
///        ground                   |
///                        [cathode_resistor]
///                                 |
///                               ground
///
/// Range: any supply, 0 V being switched off; cathode_resistor above zero; grid_leak and stopper 0 (absent) or above. Direct-coupled to a
/// plate it needs no grid_leak. rail, if not 0, is the number of a supply_rail or decoupling before it in the chain, which feeds the plate
/// in place of an ideal supply.
struct cathode_follower {
    static constexpr signal_role role = signal_role::stage;

    triode tube{};
    voltage supply{300.0};
    resistance cathode_resistor{100e3};
    resistance grid_leak{0.0};
    resistance stopper{0.0};
    int rail = 0;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(supply.si, value_rule::finite, "cathode_follower.supply", "V");
        const node grid = circuit.node(), plate = circuit.node(), cathode = circuit.node();
        circuit.optional_shunt_resistor(in, ground, grid_leak, "cathode_follower.grid_leak");
        circuit.optional_series_resistor(in, grid, stopper, "cathode_follower.stopper");
        const node feed = circuit.rail(rail, "cathode_follower.rail");
        circuit.supply(plate, rail == 0 ? supply : voltage{0.0}, "cathode_follower.supply", feed);
        circuit.resistor(cathode, ground, cathode_resistor, "cathode_follower.cathode_resistor");
        tube.elaborate(circuit, plate, grid, cathode);
        return cathode;
    }
};

}   // namespace phono::inline v0_2
