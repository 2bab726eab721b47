// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/netlist_counter.hpp>
#include <phono/circuit/signal_role.hpp>
#include <phono/network/equalises.hpp>

#include <concepts>

namespace phono::inline v0_2 {

/// True for a source whose EMF follows the groove's displacement, as a ceramic element's does: declared by a member of this name.
template <class Block>
inline constexpr bool follows_displacement = [] {
    if constexpr (requires { Block::follows_displacement; }) return Block::follows_displacement;
    else return false;
}();

/// True for a source that is only itself with a load across it, as a magnetic cartridge is: declared by a member of this name.
template <class Block>
inline constexpr bool needs_load = [] {
    if constexpr (requires { Block::needs_load; }) return Block::needs_load;
    else return false;
}();

/// A block of a chain: a value with a role that elaborates into a circuit.
///
/// `elaborate(circuit, in)` places the block's parts between its input node and nodes that it requests from the circuit, and
/// returns its output node. The input node of a source is ground. The block must be default-constructible in a constant expression,
/// and which parts it places may depend only on its type. Any such type is a block: the library's own have no privileges.
template <class Block>
concept circuit_block = std::default_initializable<Block> && requires(const Block& b, netlist_counter& circuit, node in)
{
    {
        Block::role
        } -> std::convertible_to<signal_role>;
    {
        b.elaborate(circuit, in)
        } -> std::same_as<node>;
};

}   // namespace phono::inline v0_2
