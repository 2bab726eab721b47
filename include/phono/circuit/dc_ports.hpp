// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/path_fault.hpp>
#include <phono/circuit/port_incidence.hpp>

#include <string_view>

namespace phono::inline v0_2::detail {

/// The linear part of a netlist as seen by its triodes: port voltages = open + impedance * port currents, in the order grid, plate of the
/// first triode, grid, plate of the second ... A positive current flows into the triode at the port's plus node.
template <int ports>
struct port_equations {
    math::vector<double, ports> open{};
    math::matrix<double, ports> impedance{};
    double leak = 0.0;   ///< a conductance from plate to cathode of each triode that is in these equations, and to be taken off its current
};

/// The names of a triode and its electrodes in a fault: those of the library's blocks, or the triode's own as a netlist has it.
template <netlist_size size>
[[nodiscard]] constexpr const char* name_of_triode(const flat_netlist<size>& circuit, int which) noexcept
{
    constexpr std::string_view unnamed = "triode";
    for (int i = 0; i < circuit.part_count; ++i)
        if (circuit.parts[i].kind == part_kind::triode && which-- == 0)
            return circuit.parts[i].name == unnamed ? nullptr : circuit.parts[i].name;
    return nullptr;
}

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
    for (int t = 0; t < circuit.triode_count; ++t) {
        const triode_port& tube = circuit.triodes[t];
        if (const char* const name = name_of_triode(circuit, t)) {
            if (tube.grid == floating) return {name, {}, "must have a DC path from its grid to ground: a resistor gives one", tube.block};
            if (tube.cathode == floating)
                return {name, {}, "must have a DC path from its cathode to ground: a resistor gives one", tube.block};
            if (tube.plate == floating)
                return {name, {}, "must have a DC path from its plate to a supply: a resistor gives one", tube.block};
        }
        if (tube.grid == floating) return {"triode.grid", {}, "has no DC path to ground: a grid_leak gives one", tube.block};
        if (tube.cathode == floating) return {"triode.cathode", {}, "has no DC path to ground: a resistor gives one", tube.block};
        if (tube.plate == floating) return {"triode.plate", {}, "has no DC path to a supply: a plate load gives one", tube.block};
    }
    return path_fault(circuit, row, "has no DC path to ground: a shunt_arm{resistor{...}} gives one");
}

/// The conductances of a netlist at DC with one more from plate to cathode of each triode but one (-1: of each).
template <netlist_size size>
[[nodiscard]] constexpr math::matrix<double, size.unknowns()> with_leaks(const flat_netlist<size>& circuit,
                                                                         const nodal_equations<size>& equations, double leak,
                                                                         int without) noexcept
{
    auto g = equations.g;
    for (int t = 0; t < circuit.triode_count; ++t) {
        if (t == without) continue;
        const int plate = circuit.triodes[t].plate.index - 1, cathode = circuit.triodes[t].cathode.index - 1;
        if (plate >= 0) g(plate, plate) += leak;
        if (cathode >= 0) g(cathode, cathode) += leak;
        if (plate >= 0 && cathode >= 0) g(plate, cathode) -= leak, g(cathode, plate) -= leak;
    }
    return g;
}

/// True if each electrode without a DC path of its own has one through other triodes, from plate to cathode: those of a cascode, an SRPP.
template <netlist_size size>
[[nodiscard]] constexpr bool has_paths_through_triodes(const flat_netlist<size>& circuit, const nodal_equations<size>& equations,
                                                       double leak) noexcept
{
    for (int t = 0; t < circuit.triode_count; ++t)
        if (!math::lu<double, size.unknowns()>{with_leaks(circuit, equations, leak, t), equations.used}.regular()) return false;
    return circuit.triode_count > 1;
}

/// The DC port equations of a netlist: capacitors open, inductors shorted, signal at zero. Reports a node without a DC path.
template <netlist_size size>
constexpr port_equations<2 * size.triodes> dc_ports(const flat_netlist<size>& circuit, const nodal_equations<size>& equations,
                                                    fault& problem) noexcept
{
    constexpr int ports = 2 * size.triodes, n = size.unknowns();
    port_equations<ports> seen;
    math::lu<double, n> factors{equations.g, equations.used};
    if (!factors.regular()) {
        constexpr double siemens = 1e-5;   // of a triode's order; any other gives the same solution
        if (!has_paths_through_triodes(circuit, equations, siemens)) {
            problem = floating_fault(circuit, factors.singular_column());
            return seen;
        }
        seen.leak = siemens;
        factors = math::lu<double, n>{with_leaks(circuit, equations, siemens, -1), equations.used};
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
