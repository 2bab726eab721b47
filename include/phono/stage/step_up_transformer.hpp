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
        const node inside = circuit.node(), core = circuit.node(), between = circuit.node(), secondary = circuit.node();
        const node out = circuit.node();
        circuit.optional_series_resistor(in, inside, primary_resistance, "step_up_transformer.primary_resistance");
        circuit.optional_inductor(inside, core, leakage, "step_up_transformer.leakage");
        circuit.inductor(core, ground, magnetising, "step_up_transformer.magnetising");
        circuit.resistor(secondary, out, secondary_resistance, "step_up_transformer.secondary_resistance");
        // The ideal transformer is two gyrators in a row, which need no resistor to tell the current of a winding by: its noise would be
        // taken for a current. The currents at `between` hold the secondary's voltage at ratio times the core's; the voltage there is what
        // the secondary's current drops in its resistance.
        const double siemens = 1.0 / secondary_resistance.si;
        circuit.transconductance(core, ground, between, ground, ratio * siemens, "step_up_transformer.ratio");
        circuit.transconductance(ground, between, core, ground, ratio * siemens, "step_up_transformer.ratio");
        circuit.transconductance(between, ground, secondary, ground, siemens, "step_up_transformer.ratio");
        circuit.transconductance(ground, secondary, between, ground, siemens, "step_up_transformer.ratio");
        circuit.optional_capacitor(out, ground, secondary_capacitance, "step_up_transformer.secondary_capacitance");
        return out;
    }
};

}   // namespace phono::inline v0_2
