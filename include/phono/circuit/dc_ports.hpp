// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/natural_frequencies.hpp>

namespace phono {

/// What the linear part of a netlist shows its triodes: port voltages = open + impedance * port currents, in the order grid, plate of the
/// first triode, grid, plate of the second ... A current flows into the triode at the port's plus node.
template <int ports>
struct port_equations {
    math::vector<double, ports> open{};
    math::matrix<double, ports> impedance{};
};

namespace detail {

/// The fault of a circuit that has no DC solution: where an electrode floats it is named, with what would hold it.
template <netlist_size size>
constexpr fault floating_fault(const netlist<size>& circuit, int row) noexcept
{
    // What only capacitors reach and a buffer listens to shows up in the buffer's own row: the node is meant.
    for (int n = 1; row >= size.nodes && n <= circuit.nodes; ++n) {
        bool held = false;
        for (int i = 0; i < circuit.part_count && !held; ++i) {
            const part& p = circuit.parts[i];
            held = p.kind != part_kind::capacitor && (p.a.index == n || p.b.index == n);
        }
        if (!held) row = n - 1;
    }
    const double number = row + 1;
    for (const triode_port& tube : circuit.triodes) {
        const int block = circuit.parts[tube.first_part].block;
        if (tube.grid.index == row + 1) return {"triode.grid_node", number, "has no DC path to ground: a grid_leak gives one", block};
        if (tube.cathode.index == row + 1) return {"triode.cathode_node", number, "has no DC path to ground: a resistor gives one", block};
        if (tube.plate.index == row + 1) return {"triode.plate_node", number, "has no DC path to a supply: a plate load gives one", block};
    }
    return path_fault(circuit, row, "has no DC path to ground: a shunt_arm{resistor{...}} gives one");
}

}   // namespace detail

/// The DC port equations of a netlist: capacitors open, inductors short, the signal at rest. Reports a node without a DC path.
template <netlist_size size>
constexpr port_equations<2 * size.triodes> dc_ports(const netlist<size>& circuit, const nodal_equations<size>& equations,
                                                    fault& problem) noexcept
{
    constexpr int ports = 2 * size.triodes, n = size.unknowns();
    port_equations<ports> seen;
    const math::lu<double, n> factors{equations.g};
    if (!factors.regular()) {
        problem = detail::floating_fault(circuit, factors.singular_column());
        return seen;
    }
    const auto port_voltage = [&](const math::vector<double, n>& x, int port) {
        const triode_port& t = circuit.triodes[port / 2];
        const int plus = (port % 2 == 0 ? t.grid : t.plate).index - 1, minus = t.cathode.index - 1;
        return (plus < 0 ? 0.0 : x[plus]) - (minus < 0 ? 0.0 : x[minus]);
    };
    const math::vector<double, n> supplied = factors.solve(equations.bias);
    for (int k = 0; k < ports; ++k) {
        const triode_port& t = circuit.triodes[k / 2];
        const int plus = (k % 2 == 0 ? t.grid : t.plate).index - 1, minus = t.cathode.index - 1;
        math::vector<double, n> drawn{};
        if (plus >= 0) drawn[plus] -= 1.0;
        if (minus >= 0) drawn[minus] += 1.0;
        const math::vector<double, n> x = factors.solve(drawn);
        for (int j = 0; j < ports; ++j) seen.impedance(j, k) = port_voltage(x, j);
        seen.open[k] = port_voltage(supplied, k);
    }
    return seen;
}

}   // namespace phono
