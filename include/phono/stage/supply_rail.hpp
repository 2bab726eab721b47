// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// A supply that several tube stages share: its EMF behind what the rectifier, the transformer and a choke or resistor amount to, and the
/// capacitor behind that. The signal passes by; a stage further on takes its plate current from here if its `rail` is this number.
///
/// Circuit:
///
///     voltage --[resistance]--+-- the rail
///                             |
///                       [capacitance]
///                             |
///                           ground
///
/// The stages' quiescent currents drop the rail below `voltage`, and their signal currents move it: at a frequency where the rail's
/// impedance, resistance parallel to capacitance, is not far below the plate loads, the stages are coupled through it. Between two inverting
/// stages that is negative feedback; with a third it is positive, and too much of it is motorboating, which check() reports as
/// an unstable circuit. A decoupling between the stages prevents it.
/// Range: any voltage; resistance 0 (an ideal supply) or above; capacitance 0 (absent) or above; a number other than 0 that no other rail
/// has. It stands behind the cartridge's loading and before the stages that it feeds.
struct supply_rail {
    static constexpr signal_role role = signal_role::stage;

    int number = 1;
    phono::voltage voltage{300.0};
    phono::resistance resistance{0.0};
    phono::capacitance capacitance{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node emf = circuit.node(), rail = circuit.node();
        circuit.supply(emf, voltage, "supply_rail.voltage");
        circuit.optional_series_resistor(emf, rail, resistance, "supply_rail.resistance");
        circuit.optional_capacitor(rail, ground, capacitance, "supply_rail.capacitance");
        circuit.mark_rail(number, rail, "supply_rail.number");
        return in;
    }
};

/// A dropping resistor from one rail and the capacitor behind it: a rail of its own for the stages before, which keeps the signal currents
/// of the others, and the ripple, from them.
///
/// Circuit: from --[resistance]-- the rail --[capacitance]-- ground.
/// Range: both 0 (a wire, absent) or above; a number other than 0 that no other rail has; `from` that of a supply_rail or decoupling before
/// it in the chain. It stands before the stages that it feeds.
///
/// chain{cartridge, loading, supply_rail{.number = 1, .voltage = 320_V, .resistance = 1_kOhm, .capacitance = 47_uF},
///       decoupling{.number = 2, .from = 1, .resistance = 22_kOhm, .capacitance = 22_uF},
///       common_cathode_stage{..., .rail = 2}, ..., common_cathode_stage{..., .rail = 1}}
struct decoupling {
    static constexpr signal_role role = signal_role::stage;

    int number = 2;
    int from = 1;
    phono::resistance resistance{22e3};
    phono::capacitance capacitance{22e-6};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(from, value_rule::not_zero, "decoupling.from");
        const node rail = circuit.node();
        circuit.optional_series_resistor(circuit.rail(from, "decoupling.from"), rail, resistance, "decoupling.resistance");
        circuit.optional_capacitor(rail, ground, capacitance, "decoupling.capacitance");
        circuit.mark_rail(number, rail, "decoupling.number");
        return in;
    }
};

}   // namespace phono::inline v0_2
