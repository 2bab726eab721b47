// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/netlist.hpp>
#include <phono/circuit/netlist_counter.hpp>
#include <phono/network/links.hpp>

namespace phono::detail {

/// What a netlist of these blocks has to hold.
template <class... Block>
[[nodiscard]] constexpr netlist_size size_of_blocks() noexcept
{
    netlist_counter counter;
    node at = ground;
    ((at = Block{}.elaborate(counter, at)), ...);
    counter.size.blocks = static_cast<int>(sizeof...(Block));
    return counter.size;
}

/// Places blocks one behind the other in a netlist, from a node on; returns the node where they end.
template <netlist_size size, class... Block>
constexpr node place(netlist<size>& circuit, const links<Block...>& blocks, node from) noexcept
{
    node at = from;
    blocks.for_each([&](const auto& block, int number) {
        circuit.begin_block(number);
        at = block.elaborate(circuit, at);
        circuit.end_block(block.role, at);
    });
    return at;
}

/// The netlist of blocks that begin with a source, with room for what an analysis adds to it.
template <netlist_size added = netlist_size{}, class... Block>
[[nodiscard]] constexpr auto placed(const links<Block...>& blocks) noexcept
{
    constexpr netlist_size size = size_of_blocks<Block...>() + added;
    netlist<size> circuit;
    circuit.output = place(circuit, blocks, ground);
    return circuit;
}

/// The netlist of what hangs on one node, the first, which is its output too: the input of blocks whose impedance is asked for.
template <class... Block>
[[nodiscard]] constexpr auto hung_on_a_node(const links<Block...>& blocks) noexcept
{
    constexpr netlist_size size = size_of_blocks<Block...>() + netlist_size{.nodes = 1};
    netlist<size> circuit;
    circuit.output = circuit.node();
    place(circuit, blocks, circuit.output);
    return circuit;
}

}   // namespace phono::detail
