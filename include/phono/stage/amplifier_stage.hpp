// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/stage/op_amp.hpp>

namespace phono {

/// An amplifier with no feedback around it: a head amp by its gain, corner, input and output impedance, or any amplifier's open loop.
///
/// Circuit: the signal at the plus input and the minus input at ground, or (inverting) the other way round.
struct amplifier_stage {
    static constexpr signal_role role = signal_role::stage;

    op_amp amplifier{};
    bool inverting = false;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        return inverting ? amplifier.elaborate(circuit, ground, in) : amplifier.elaborate(circuit, in, ground);
    }
};

/// An ideal amplifier: loads nothing, drives anything, at all frequencies.
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

}   // namespace phono
