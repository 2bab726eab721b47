// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/stage/op_amp.hpp>

namespace phono::inline v0_2 {

/// An amplifier without feedback: a head amp given by its gain, corner, input and output impedance, or the open loop of any amplifier.
///
/// Circuit: signal to the plus input and ground to the minus input, or the other way round if inverting.
struct amplifier_stage {
    static constexpr signal_role role = signal_role::stage;

    op_amp amplifier{};
    bool inverting = false;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        return inverting ? amplifier.elaborate(circuit, ground, in) : amplifier.elaborate(circuit, in, ground);
    }
};

/// An ideal amplifier: it draws no current and drives any load, at all frequencies.
struct buffer {
    static constexpr signal_role role = signal_role::stage;

    phono::gain gain{0.0};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.amplifier(out, ground, in, ground, gain.ratio(), "buffer.gain");
        return out;
    }
};

}   // namespace phono::inline v0_2
