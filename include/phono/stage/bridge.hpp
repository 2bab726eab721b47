// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit_block.hpp>
#include <phono/network/impedance.hpp>

namespace phono::inline v0_2 {

/// Marks a point in a chain with a number, for a bridge further on that leads back to it.
///
/// Range: any number but 0, which means no tap. Errors: check() reports a number that another tap already has.
struct tap {
    static constexpr signal_role role = signal_role::stage;

    int number = 1;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        circuit.check_value(number, value_rule::not_zero, "tap");
        circuit.mark(number, in);
        return in;
    }
};

/// A network from this point in the chain back to the tap of the same number: feedback, a bridged T, a bootstrap.
///
/// chain{source, tap{1}, series_arm{...}, shunt_arm{...}, series_arm{...}, bridge{1, capacitor{100_pF}}}
/// Errors: check() reports a number that no tap before it has.
template <class Network>
struct bridge {
    static_assert(impedance<Network>, "phono: bridge takes a tap's number and a part or network");
    static constexpr signal_role role = signal_role::stage;

    int to = 1;
    Network network{};

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        network.elaborate(circuit, in, circuit.marked_node(to));
        return in;
    }
};

template <class Network>
bridge(int, Network) -> bridge<Network>;

}   // namespace phono::inline v0_2
