// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>

namespace phono::inline v0_2 {

/// An ideal voltage source: the input sample is its voltage.
struct voltage_source {
    static constexpr signal_role role = signal_role::source;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        circuit.source(out, in);
        return out;
    }
};

}   // namespace phono::inline v0_2
