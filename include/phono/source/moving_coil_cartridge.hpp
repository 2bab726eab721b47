// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/source/transduction.hpp>

namespace phono::inline v0_2 {

/// A moving-coil cartridge: an EMF behind its coil's DC resistance, a few ohms, and inductance, a few microhenries, as in its data sheet;
/// many data sheets omit the inductance.
///
/// Circuit: EMF - resistance - inductance - out.
/// Units: `output` as in magnetic_cartridge (RMS, 1 kHz, 5 cm/s RMS).
/// Range: resistance above zero; inductance 0 (absent) or above; output above zero where the input is groove velocity (disc_velocity).
struct moving_coil_cartridge {
    static constexpr signal_role role = signal_role::source;
    static constexpr bool needs_load = true;

    voltage output{0.3e-3};
    phono::resistance resistance{10.0};
    phono::inductance inductance{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node emf = circuit.node(), inside = circuit.node(), out = circuit.node();
        circuit.source(emf, in);
        circuit.resistor(emf, inside, resistance, "moving_coil_cartridge.resistance");
        circuit.optional_inductor(inside, out, inductance, "moving_coil_cartridge.inductance");
        return out;
    }

    /// Reports an output that gives groove velocity no EMF, or the wrong sign.
    constexpr void check_output(auto& circuit) const noexcept
    {
        circuit.check_value(output.si, value_rule::positive, "moving_coil_cartridge.output", "V");
    }
    /// EMF over groove velocity: flat.
    [[nodiscard]] constexpr math::rational transduction() const noexcept { return detail::velocity_response(output); }
};

}   // namespace phono::inline v0_2
