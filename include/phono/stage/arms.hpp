// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>

namespace phono::inline v0_2 {

/// A network in series with the signal, from the block before to the block after.
template <class Network>
struct series_arm {
    static_assert(impedance<Network>, "phono: series_arm takes a part or a network; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::stage;

    Network network{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node out = circuit.node();
        network.elaborate(circuit, in, out);
        return out;
    }
};

/// A network from the signal to ground.
template <class Network>
struct shunt_arm {
    static_assert(impedance<Network>, "phono: shunt_arm takes a part or a network; write resistor{47_kOhm}, not 47_kOhm");
    static constexpr signal_role role = signal_role::stage;

    Network network{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        network.elaborate(circuit, in, ground);
        return in;
    }
};

template <class Network>
series_arm(Network) -> series_arm<Network>;
template <class Network>
shunt_arm(Network) -> shunt_arm<Network>;

}   // namespace phono::inline v0_2
