// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>

namespace phono {

namespace detail {

/// Takes any part and does nothing: what a network is tried on to see whether it is one.
struct any_circuit {
    constexpr phono::node node() noexcept { return {}; }
    constexpr void resistor(phono::node, phono::node, auto...) noexcept {}
    constexpr void capacitor(phono::node, phono::node, auto...) noexcept {}
    constexpr void inductor(phono::node, phono::node, auto...) noexcept {}
};

}   // namespace detail

/// Anything with two terminals that can put its parts between two nodes of a circuit.
template <class Network>
concept impedance = requires(const Network& network, detail::any_circuit& circuit, node a, node b)
{
    network.elaborate(circuit, a, b);
};

}   // namespace phono
