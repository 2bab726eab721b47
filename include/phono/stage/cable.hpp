// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// The cable from the cartridge to the preamp.
///
/// Circuit: resistance (of both conductors together) in series, then capacitance to ground.
/// The values are in the order of their weight, that which matters first: cable{.capacitance = 150_pF}. A loading has its resistance first.
/// Range: both 0 (absent) or above. At a current input the capacitance is almost shorted; the resistance adds to the coil's.
struct cable {
    static constexpr signal_role role = signal_role::cable;

    phono::capacitance capacitance{0.0};
    phono::resistance resistance{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.optional_series_resistor(in, out, resistance, "cable.resistance");
        circuit.optional_capacitor(out, ground, capacitance, "cable.capacitance");
        return out;
    }
};

}   // namespace phono::inline v0_2
