// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>
#include <phono/circuit/ideal_path_fault.hpp>
#include <phono/circuit/netlist_counter.hpp>
#include <phono/circuit/refusal.hpp>
#include <phono/circuit/signal_role.hpp>
#include <phono/network/links.hpp>

namespace phono::inline v0_2::detail {

/// The capacity that a netlist of these blocks needs.
template <class... Block>
[[nodiscard]] constexpr netlist_size size_of_blocks() noexcept
{
    netlist_counter counter;
    node at = ground;
    ((at = Block{}.elaborate(counter, at)), ...);
    counter.size.blocks = static_cast<int>(sizeof...(Block));
    return counter.size;
}

/// The role of a block's parts: that of the block, or, where it is a whole circuit with its source, what it declares as `parts_role`.
template <class Block>
[[nodiscard]] constexpr signal_role placed_role(const Block&) noexcept
{
    if constexpr (requires { Block::parts_role; }) return Block::parts_role;
    else return Block::role;
}

/// Places blocks one after another in a netlist, starting from a node; returns the output node of the last.
template <netlist_size size, class... Block>
constexpr node place(flat_netlist<size>& circuit, const links<Block...>& blocks, node from) noexcept
{
    node at = from;
    blocks.for_each([&](const auto& block, int number) {
        circuit.begin_block(number);
        at = block.elaborate(circuit, at);
        circuit.end_block(placed_role(block), at);
    });
    return at;
}

/// The netlist of blocks that begin with a source, with spare capacity for parts that an analysis adds.
template <netlist_size added = netlist_size{}, class... Block>
[[nodiscard]] constexpr auto placed(const links<Block...>& blocks) noexcept
{
    constexpr netlist_size size = size_of_blocks<Block...>() + added;
    flat_netlist<size> circuit;
    circuit.output = place(circuit, blocks, ground);
    if constexpr (size.factors > 0)
        if (!circuit.problem) circuit.report(ideal_path_fault(circuit));
    return circuit;
}

/// Places blocks that have a fault in a constant expression, which the compiler ends at the part that has it.
template <class... Block>
constexpr void refuse(const links<Block...>& blocks)
{
    flat_netlist<size_of_blocks<Block...>()> circuit;
    circuit.refuse_faults();
    place(circuit, blocks, ground);
    const fault found = placed(blocks).problem;   // what shows only when all are placed
    phono_refuses(found.part, found.value.value_or(0.0), found.rule, found.block);
}

/// The netlist of blocks without a source, whose input, the first node, is also its output: for the input impedance of the blocks.
template <class... Block>
[[nodiscard]] constexpr auto hung_on_a_node(const links<Block...>& blocks) noexcept
{
    constexpr netlist_size size = size_of_blocks<Block...>() + netlist_size{.nodes = 1};
    flat_netlist<size> circuit;
    circuit.output = circuit.node();
    place(circuit, blocks, circuit.output);
    return circuit;
}

}   // namespace phono::inline v0_2::detail
