// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/circuit/flat_netlist.hpp>

namespace phono::inline v0_2 {

/// Room for every preamp of the catalogue twice over: 128 unknowns, 192 parts, 8 triodes.
inline constexpr netlist_size bounded_size{
    .nodes = 88, .parts = 192, .branches = 40, .reactances = 64, .factors = 8, .marks = 0, .triodes = 8, .blocks = 48, .amplifiers = 24};

/// A netlist whose type does not tell the schematic that it is of, so that what analyses it is compiled once and not for each schematic.
///
/// circuit{bounded(elaborate(schematic))} is a circuit like any other, and solved as one of its own size would be.
using bounded_netlist = flat_netlist<bounded_size>;

namespace detail {

/// The first fault of a netlist that is larger than the room.
template <netlist_size size>
[[nodiscard]] constexpr fault bound_fault(const flat_netlist<size>& flat) noexcept
{
    int branches = 0, reactances = 0;
    for (int i = 0; i < flat.part_count; ++i) {
        const part& p = flat.parts[i];
        branches += p.is_branch() ? 1 : 0;
        reactances += p.kind == part_kind::capacitor || p.kind == part_kind::inductor ? 1 : 0;
    }
    static_assert(bounded_size.parts == 192 && bounded_size.unknowns() == 128 && bounded_size.triodes == 8, "the fault texts state these");
    if (flat.part_count > bounded_size.parts || reactances > bounded_size.reactances)
        return {"circuit", static_cast<double>(flat.part_count), "must have at most 192 parts, 64 of them reactances", -1, "parts"};
    if (flat.nodes > bounded_size.nodes || branches > bounded_size.branches)
        return {"circuit", static_cast<double>(flat.nodes), "must have at most 88 nodes, and 40 currents that are unknown", -1, "nodes"};
    if (flat.triode_count > bounded_size.triodes)
        return {"circuit", static_cast<double>(flat.triode_count), "must have at most 8 triodes", -1, "triodes"};
    if (flat.amplifier_count > bounded_size.amplifiers)
        return {"circuit", static_cast<double>(flat.amplifier_count), "must have at most 24 amplifiers", -1, "amplifiers"};
    if (flat.factors > bounded_size.factors || size.blocks > bounded_size.blocks)
        return {"circuit", static_cast<double>(size.blocks), "must have at most 48 blocks, 8 of them curves", -1, "blocks"};
    return {};
}

}   // namespace detail

/// A netlist in a type with other room: for what is compiled for a few sizes and runs a circuit that is known only then. Taps and rails,
/// which serve its elaboration alone, are left behind, as are amplifiers for which there is no room. There must be room for all else.
template <netlist_size room, netlist_size size>
[[nodiscard]] constexpr flat_netlist<room> with_room(const flat_netlist<size>& flat) noexcept
{
    flat_netlist<room> moved;
    moved.problem = flat.problem;
    for (int i = 0; i < flat.part_count; ++i) moved.parts[i] = flat.parts[i];
    for (int i = 0; i < flat.factors; ++i) moved.factor[i] = flat.factor[i];
    for (int i = 0; i < flat.triode_count; ++i) moved.triodes[i] = flat.triodes[i];
    for (int i = 0; i < size.blocks && i < room.blocks; ++i) moved.blocks[i] = flat.blocks[i];
    moved.nodes = flat.nodes, moved.part_count = flat.part_count, moved.factors = flat.factors, moved.triode_count = flat.triode_count;
    for (; moved.amplifier_count < flat.amplifier_count && moved.amplifier_count < room.amplifiers; ++moved.amplifier_count)
        moved.amplifiers[moved.amplifier_count] = flat.amplifiers[moved.amplifier_count];
    moved.names = flat.names, moved.names_count = flat.names_count;
    moved.output = flat.output;
    return moved;
}

/// A netlist in the one type. Taps and rails, which serve its elaboration alone, are left behind.
/// Errors: a netlist that is too large has a fault, as has one of which the netlist has one.
template <netlist_size size>
[[nodiscard]] constexpr bounded_netlist bounded(const flat_netlist<size>& flat) noexcept
{
    if (const fault large = detail::bound_fault(flat); flat.problem || large) {
        bounded_netlist refused;
        refused.report(flat.problem), refused.report(large);
        return refused;
    }
    return with_room<bounded_size>(flat);
}

}   // namespace phono::inline v0_2
