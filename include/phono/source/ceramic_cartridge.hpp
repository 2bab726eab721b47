// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/circuit/value_rule.hpp>
#include <phono/source/transduction.hpp>

namespace phono::inline v0_2 {

/// A ceramic or crystal cartridge: an EMF behind the capacitance of its element.
///
/// Circuit: EMF - element - out. With a load R the bass rolls off below 1/(2 pi R element).
/// Units: `output` as in magnetic_cartridge (RMS, 1 kHz, 5 cm/s RMS). The EMF follows displacement, not velocity:
/// on a disc cut by RIAA that is nearly flat, and a chain with a curve behind it does not compile; see as_velocity_source.
/// Range: element above zero; output above zero where the input is groove velocity (disc_velocity). The element passes no DC, so the load
/// must include a resistance.
/// Source: H. Burstein, Loading the Piezoelectric Cartridge, Audio, March 1959.
struct ceramic_cartridge {
    static constexpr signal_role role = signal_role::source;
    static constexpr bool follows_displacement = true;

    voltage output{0.2};
    capacitance element{600e-12};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node emf = circuit.node(), out = circuit.node();
        circuit.source(emf, in);
        circuit.capacitor(emf, out, element, "ceramic_cartridge.element");
        return out;
    }

    /// Reports an output that gives groove velocity no EMF, or the wrong sign.
    constexpr void check_output(auto& circuit) const noexcept
    {
        circuit.check_value(output.si, value_rule::positive, "ceramic_cartridge.output", "V");
    }
    /// EMF over groove velocity: an integrator.
    [[nodiscard]] constexpr math::rational transduction() const noexcept { return detail::displacement_response(output); }
};

}   // namespace phono::inline v0_2
