// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/netlist_counter.hpp>

#include <concepts>

namespace phono {

/// The part that a block plays in a chain.
enum class signal_role {
    source,          ///< begins a chain: its EMF is the input
    cable,           ///< leads from the source to what reads it
    transformer,     ///< between the source and its loading
    load,            ///< stands across the source, before any stage
    current_input,   ///< reads the source's current: loads it by itself, with next to a short circuit
    stage,           ///< amplifies or filters
    equaliser,       ///< gives the disc's curve
};

/// True for a source whose EMF follows the groove's displacement, as a ceramic element's does: declared by a member of this name.
template <class Block>
inline constexpr bool follows_displacement = [] {
    if constexpr (requires { Block::follows_displacement; }) return Block::follows_displacement;
    else return false;
}();

/// True for what gives a disc's curve: an equaliser, or a network or stage that declares it by a member of this name.
template <class Block>
inline constexpr bool equalises = [] {
    if constexpr (requires { Block::equalises; }) return Block::equalises;
    else if constexpr (requires { Block::role; }) return Block::role == signal_role::equaliser;
    else return false;
}();

/// What a chain is made of: a value with a role that elaborates into a circuit.
///
/// `elaborate(circuit, in)` places the block's parts between its input node and the nodes that it asks the circuit for, and
/// returns its output node. A source is given ground. The block must be default-constructible in a constant expression, and
/// which parts it places may depend on its type only. Anything that meets this is a block: the library's own have no privileges.
template <class Block>
concept block = std::default_initializable<Block> && requires(const Block& b, netlist_counter& circuit, node in)
{
    {
        Block::role
        } -> std::convertible_to<signal_role>;
    {
        b.elaborate(circuit, in)
        } -> std::same_as<node>;
};

}   // namespace phono
