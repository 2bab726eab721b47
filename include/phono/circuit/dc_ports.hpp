// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/path_fault.hpp>
#include <phono/circuit/port_incidence.hpp>

namespace phono::inline v0_2::detail {

/// The linear part of a netlist as seen by its triodes: port voltages = open + impedance * port currents, in the order grid, plate of the
/// first triode, grid, plate of the second ... A positive current flows into the triode at the port's plus node.
template <int ports>
struct port_equations {
    math::vector<double, ports> open{};
    math::matrix<double, ports> impedance{};
};

/// The fault of a circuit that has no DC solution: names an electrode that floats, and the part that would give it a DC path.
template <netlist_size size>
[[nodiscard]] constexpr fault floating_fault(const flat_netlist<size>& circuit, int row) noexcept
{
    // A node that only capacitors reach and a buffer reads shows up in the buffer's own row: report the node.
    for (int n = 1; row >= circuit.nodes && n <= circuit.nodes; ++n) {
        bool held = false;
        for (int i = 0; i < circuit.part_count && !held; ++i) {
            const part& p = circuit.parts[i];
            held = p.kind != part_kind::capacitor && p.touches(node{n});
        }
        if (!held) row = n - 1;
    }
    const node floating{row + 1};
    for (const triode_port& tube : circuit.triodes) {
        if (tube.grid == floating) return {"triode.grid", {}, "has no DC path to ground: a grid_leak gives one", tube.block};
        if (tube.cathode == floating) return {"triode.cathode", {}, "has no DC path to ground: a resistor gives one", tube.block};
        if (tube.plate == floating) return {"triode.plate", {}, "has no DC path to a supply: a plate load gives one", tube.block};
    }
    return path_fault(circuit, row, "has no DC path to ground: a shunt_arm{resistor{...}} gives one");
}

/// The DC port equations of a netlist: capacitors open, inductors shorted, signal at zero. Reports a node without a DC path.
template <netlist_size size>
constexpr port_equations<2 * size.triodes> dc_ports(const flat_netlist<size>& circuit, const nodal_equations<size>& equations,
                                                    fault& problem) noexcept
{
    constexpr int ports = 2 * size.triodes, n = size.unknowns();
    port_equations<ports> seen;
    const math::lu<double, n> factors{equations.g, equations.used};
    if (!factors.regular()) {
        problem = floating_fault(circuit, factors.singular_column());
        return seen;
    }
    const port_incidence<size> places{circuit, equations};
    const math::vector<double, n> supplied = factors.solve(equations.bias);
    for (int k = 0; k < ports; ++k) {
        const math::vector<double, n> x = factors.solve(places.drive(1 + k));
        for (int j = 0; j < ports; ++j) seen.impedance(j, k) = places.read(x, j);
        seen.open[k] = places.read(supplied, k);
    }
    return seen;
}

}   // namespace phono::inline v0_2::detail
