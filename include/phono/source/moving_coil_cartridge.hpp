// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/block.hpp>
#include <phono/source/transduction.hpp>

namespace phono {

/// A moving-coil cartridge: an EMF behind a few ohms and microhenries.
///
/// Circuit: EMF - coil - winding - out.
/// Units: `output` as of magnetic_cartridge (RMS, 1 kHz, 5 cm/s RMS).
/// Range: coil above zero; winding 0 (left out) or above.
struct moving_coil_cartridge {
    static constexpr signal_role role = signal_role::source;

    voltage output{0.3e-3};
    resistance coil{10.0};
    inductance winding{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node emf = circuit.node(), inside = circuit.node(), out = circuit.node();
        circuit.source(emf, in);
        circuit.resistor(emf, inside, coil, "moving_coil_cartridge.coil");
        circuit.optional_inductor(inside, out, winding, "moving_coil_cartridge.winding");
        return out;
    }

    /// EMF over groove velocity: flat.
    constexpr math::rational transduction() const noexcept { return detail::velocity_response(output); }
};

}  // namespace phono
