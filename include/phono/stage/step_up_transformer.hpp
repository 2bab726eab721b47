// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// A step-up transformer between a moving-coil cartridge and the loading of a voltage input, whose impedance the cartridge sees divided by
/// ratio^2.
///
/// Circuit: an ideal transformer with its winding resistances, inductances and capacitance. Both windings have a DC path.
///
///                                                  1 : ratio
///     in --[primary_resistance]--[leakage]--+-------+ || +---[secondary_resistance]---+-- out
///                                           |       ) || (                            |
///                                     [magnetising] ) || (                 [secondary_capacitance]
///                                           |       ) || (                            |
///                                           +-------+ || +----------------------------+
///                                           |                                         |
///                                         ground                                    ground
///
/// Units: ratio is secondary to primary turns; both inductances are referred to the primary.
/// Range: ratio, secondary_resistance and magnetising above zero; the others 0 (absent) or above.
struct step_up_transformer {
    static constexpr signal_role role = signal_role::transformer;

    double ratio = 10.0;
    resistance primary_resistance{0.0};
    resistance secondary_resistance{1e3};
    inductance magnetising{1.0};
    inductance leakage{0.0};
    capacitance secondary_capacitance{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(ratio, value_rule::positive, "step_up_transformer.ratio");
        const node inside = circuit.node(), core = circuit.node(), secondary = circuit.node(), out = circuit.node();
        circuit.optional_series_resistor(in, inside, primary_resistance, "step_up_transformer.primary_resistance");
        circuit.optional_inductor(inside, core, leakage, "step_up_transformer.leakage");
        circuit.inductor(core, ground, magnetising, "step_up_transformer.magnetising");
        // The ideal transformer: the voltage at core times the ratio drives the secondary's resistance, and the current in that
        // resistance times the ratio is drawn from core.
        circuit.amplifier(secondary, ground, core, ground, ratio, "step_up_transformer.ratio");
        circuit.resistor(secondary, out, secondary_resistance, "step_up_transformer.secondary_resistance");
        circuit.transconductance(core, ground, secondary, out, ratio / secondary_resistance.si, "step_up_transformer.ratio");
        circuit.optional_capacitor(out, ground, secondary_capacitance, "step_up_transformer.secondary_capacitance");
        return out;
    }
};

}   // namespace phono::inline v0_2
