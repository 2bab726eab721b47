// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/flat_netlist.hpp>

namespace phono::inline v0_2::detail {

/// The fault of a circuit whose unknown in row `row` is not determined: a node without a path, reported with the block that it belongs to,
/// or a loop current that meets no resistance.
template <netlist_size size>
[[nodiscard]] constexpr fault path_fault(const flat_netlist<size>& circuit, int row, const char* rule) noexcept
{
    if (row >= circuit.nodes) return {"circuit", {}, "must have no loop of voltage sources or inductors alone", -1};
    const node at{row + 1};
    int block = -1;
    for (int i = 0; i < circuit.part_count && block < 0; ++i)
        if (circuit.parts[i].touches(at)) block = circuit.parts[i].block;
    return {"node", {}, rule, block};
}

}   // namespace phono::inline v0_2::detail
