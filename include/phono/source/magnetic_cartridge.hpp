// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/source/transduction.hpp>

namespace phono::inline v0_2 {

/// A moving-magnet or moving-iron cartridge: an EMF behind its coil's DC resistance and inductance, as in its data sheet.
///
/// Circuit: interwinding is the coil's self-capacitance, which few data sheets state.
///
///     EMF --[resistance]--[inductance]--+-- out
///                                       |
///                                 [interwinding]
///                                       |
///                                     ground
///
/// Units: `output` is the open-circuit EMF, RMS, at 1 kHz for a recorded velocity of 5 cm/s RMS. The input sample is the
/// instantaneous EMF in volts; `output` only sets the scale where the input is groove velocity (disc_velocity).
/// Range: resistance and inductance above zero; interwinding 0 (absent) or above; output above zero where the input is groove velocity.
struct magnetic_cartridge {
    static constexpr signal_role role = signal_role::source;
    static constexpr bool needs_load = true;

    voltage output{5e-3};
    phono::resistance resistance{1e3};
    phono::inductance inductance{0.5};
    capacitance interwinding{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node emf = circuit.node(), inside = circuit.node(), out = circuit.node();
        circuit.source(emf, in);
        circuit.resistor(emf, inside, resistance, "magnetic_cartridge.resistance");
        circuit.inductor(inside, out, inductance, "magnetic_cartridge.inductance");
        circuit.optional_capacitor(out, ground, interwinding, "magnetic_cartridge.interwinding");
        return out;
    }

    /// Reports an output that gives groove velocity no EMF, or the wrong sign.
    constexpr void check_output(auto& circuit) const noexcept
    {
        circuit.check_value(output.si, value_rule::positive, "magnetic_cartridge.output", "V");
    }
    /// EMF over groove velocity: flat, since the EMF of a coil is proportional to velocity.
    [[nodiscard]] constexpr math::rational transduction() const noexcept { return detail::velocity_response(output); }
};

}   // namespace phono::inline v0_2
