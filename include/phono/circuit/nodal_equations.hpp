// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/circuit/flat_netlist.hpp>
#include <phono/math/lu.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

namespace detail {

/// One term of C: a capacitor's voltage or an inductor's current.
struct reactive_port {
    int plus = -1, minus = -1;   ///< rows of x; -1 is ground
    double weight = 0.0;
};

/// The room of nodal_equations, for what is written into them whatever their size: it is compiled once.
struct equation_rows {
    math::rows<double> g;
    double* b;
    double* bias;
    reactive_port* reactance;
    int unknowns, reactances;

    /// Adds parts to a circuit of so many nodes without ground. Returns how many unknowns these make.
    constexpr int take(const part* parts, int count, int nodes) const noexcept
    {
        int branch = nodes, reactive = 0;
        for (int i = 0; i < count; ++i) {
            const part& p = parts[i];
            const int a = p.a.index - 1, c = p.b.index - 1;
            switch (p.kind) {
                case part_kind::resistor:
                    conductance(a, c, a, c, 1.0 / p.value);
                    drive(bias, a, p.emf / p.value), drive(bias, c, -p.emf / p.value);
                    break;
                case part_kind::series_resistor: stamp(branch, branch, -p.value); break;
                case part_kind::shunt_resistor:
                    if (p.value > 0.0) conductance(a, c, a, c, 1.0 / p.value);
                    break;
                case part_kind::transconductance: conductance(a, c, p.plus.index - 1, p.minus.index - 1, p.value); break;
                case part_kind::capacitor: port(reactive++, {a, c, p.value}); break;
                case part_kind::inductor: port(reactive++, {branch, -1, -p.value}); break;
                case part_kind::current_source: drive(b, a, p.value), drive(b, c, -p.value); break;
                case part_kind::voltage_source: drive(b, branch, p.value), drive(bias, branch, p.emf); break;
                case part_kind::amplifier:
                    stamp(branch, p.plus.index - 1, -p.value);
                    stamp(branch, p.minus.index - 1, p.value);
                    break;
                case part_kind::triode: break;
            }
            if (p.is_branch()) connect(branch++, a, c);
        }
        return branch < unknowns ? branch : unknowns;
    }

    /// Adds the slopes of triodes at their operating points.
    constexpr void linearise(const biased_triode* triodes, int count) const noexcept
    {
        for (int i = 0; i < count; ++i) {
            const biased_triode& t = triodes[i];
            const int plate = t.plate.index - 1, grid = t.grid.index - 1, cathode = t.cathode.index - 1;
            conductance(plate, cathode, grid, cathode, t.at_rest.plate_by_grid);
            conductance(plate, cathode, plate, cathode, t.at_rest.plate_by_plate);
            conductance(grid, cathode, grid, cathode, t.at_rest.grid_by_grid);
            conductance(grid, cathode, plate, cathode, t.at_rest.grid_by_plate);
        }
    }

private:
    /// False for ground, and where a circuit with a fault has a part for which there is no room.
    [[nodiscard]] constexpr bool is_row(int i) const noexcept { return i >= 0 && i < unknowns; }

    constexpr void stamp(int i, int j, double value) const noexcept
    {
        if (is_row(i) && is_row(j)) g(i, j) += value;
    }
    constexpr void drive(double* side, int row, double value) const noexcept
    {
        if (is_row(row)) side[row] += value;
    }
    constexpr void port(int place, const reactive_port& seen) const noexcept
    {
        if (place < reactances) reactance[place] = seen;
    }
    constexpr void conductance(int a, int c, int plus, int minus, double siemens) const noexcept
    {
        stamp(a, plus, siemens), stamp(a, minus, -siemens), stamp(c, plus, -siemens), stamp(c, minus, siemens);
    }
    /// The current `branch` leaves node a and enters node c; its own row reads v(a) - v(c) - ... = ...
    constexpr void connect(int branch, int a, int c) const noexcept
    {
        stamp(a, branch, 1.0), stamp(c, branch, -1.0), stamp(branch, a, 1.0), stamp(branch, c, -1.0);
    }
};

/// Nodal equations of any size, to be read.
struct equation_view {
    math::rows<const double> g;
    const double* b;
    const reactive_port* reactance;
    int unknowns, reactances;
    int output;   ///< row of x; -1 is ground
};

/// The size of matrices for so many unknowns, or reactances: there are few such sizes, and what works on them is compiled for these alone.
[[nodiscard]] constexpr int room_for(int count) noexcept
{
    int room = 8;
    while (room < count) room += room < 32 ? 8 : room;   // finely where it is common: entries that are not used are still cleared
    return room;
}

/// Adds s C to a matrix.
template <class T>
constexpr void add_reactances(math::rows<T> a, const reactive_port* reactance, int count, T s) noexcept
{
    for (int k = 0; k < count; ++k) {
        const reactive_port& port = reactance[k];
        if (port.weight == 0.0) continue;   // absent
        const T admittance = T{port.weight} * s;
        if (port.plus >= 0) a(port.plus, port.plus) += admittance;
        if (port.minus >= 0) a(port.minus, port.minus) += admittance;
        if (port.plus >= 0 && port.minus >= 0) {
            a(port.plus, port.minus) -= admittance;
            a(port.minus, port.plus) -= admittance;
        }
    }
}

/// G + s C in the leading rows and columns of a matrix.
template <class T, int room>
[[nodiscard]] constexpr math::matrix<T, room> equations_at(const equation_view& equations, T s) noexcept
{
    math::matrix<T, room> a{};
    for (int i = 0; i < equations.unknowns; ++i) {
        const double* const row = equations.g[i];
        for (int j = 0; j < equations.unknowns; ++j)
            if (row[j] != 0.0) a[i][j] = T{row[j]};
    }
    add_reactances<T>(a.all(), equations.reactance, equations.reactances, s);
    return a;
}

/// The signal, b, in the leading entries of a vector.
template <class T, int room>
[[nodiscard]] constexpr math::vector<T, room> drive_of(const equation_view& equations) noexcept
{
    math::vector<T, room> side{};
    for (int i = 0; i < equations.unknowns; ++i) side[i] = T{equations.b[i]};
    return side;
}

/// The unknown of a row at the complex frequency s: 0 for ground (-1), NaN where the circuit has no solution.
template <class T, int room>
[[nodiscard]] constexpr T solution_in(const equation_view& equations, int row, T s) noexcept
{
    if (row < 0) return T{};
    const math::lu<T, room> factors{equations_at<T, room>(equations, s), equations.unknowns};
    if (!factors.regular()) {
        constexpr T not_a_number{std::numeric_limits<double>::quiet_NaN()};
        return not_a_number * not_a_number;   // of a complex number both halves
    }
    return factors.solve(drive_of<T, room>(equations))[row];
}

}   // namespace detail

/// The modified nodal equations of a netlist, (G + s C) x = b, where x holds the node voltages and the branch currents (of inductors,
/// voltage sources, amplifiers and series resistors): either of its linear part alone, or of the small-signal circuit, which includes the
/// slopes of its triodes at an operating point.
///
/// Source: C.-W. Ho, A. Ruehli, P. Brennan, The modified nodal approach to network analysis, IEEE Trans. CAS 22 (1975).
/// C is stored as one port per capacitor or inductor: C = sum over k of weight_k e_k e_k^T, where e_k selects a capacitor's
/// voltage (weight: its capacitance) or an inductor's current (weight: minus its inductance).
template <netlist_size size>
struct nodal_equations {
    static constexpr int unknowns = size.unknowns();

    math::matrix<double, unknowns> g{};
    math::vector<double, unknowns> b{};      ///< the signal
    math::vector<double, unknowns> bias{};   ///< the DC supplies
    math::vector<detail::reactive_port, size.reactances> reactance{};
    int output = -1;   ///< row of x; -1 is ground
    int used = 0;      ///< how many unknowns the circuit has, from the first on; a netlist may have room for more

    constexpr nodal_equations() noexcept = default;   ///< of an empty circuit
    /// Of the linear part, without the triodes.
    constexpr explicit nodal_equations(const flat_netlist<size>& circuit) noexcept { take(circuit); }
    /// Of the small-signal circuit.
    constexpr nodal_equations(const flat_netlist<size>& circuit, const operating_point<size.triodes>& point) noexcept
    {
        take(circuit);
        linearise(point);
    }

    /// Adds the linear part of a netlist to empty equations.
    constexpr void take(const flat_netlist<size>& circuit) noexcept
    {
        output = circuit.output.index - 1;
        used = room().take(circuit.parts.entry, circuit.part_count, circuit.nodes);
    }

    /// Adds the slopes of the triodes at their operating point.
    constexpr void linearise(const operating_point<size.triodes>& point) noexcept
    {
        room().linearise(point.begin(), static_cast<int>(point.end() - point.begin()));
    }

    /// G + s C for a real or complex s.
    template <class T>
    [[nodiscard]] constexpr math::matrix<T, unknowns> at(T s) const noexcept
    {
        return detail::equations_at<T, unknowns>(view(), s);
    }

    [[nodiscard]] constexpr detail::equation_view view() const noexcept
    {
        return {g.all(), b.entry, reactance.entry, used, size.reactances, output};
    }

private:
    [[nodiscard]] constexpr detail::equation_rows room() noexcept
    {
        return {g.all(), b.entry, bias.entry, reactance.entry, unknowns, size.reactances};
    }
};

namespace detail {

/// The unknown of a row at the complex frequency s: 0 for ground (-1), NaN where the circuit has no solution.
template <netlist_size size, class T>
[[nodiscard]] constexpr T solution(const nodal_equations<size>& equations, int row, T s) noexcept
{
    if constexpr (size.unknowns() == 0) return T{};
    else return solution_in<T, room_for(size.unknowns())>(equations.view(), row, s);
}

}   // namespace detail

/// The output voltage of the netlist at the complex frequency s, without its ideal factors; NaN where the circuit has no
/// solution.
template <netlist_size size, class T>
[[nodiscard]] constexpr T output_voltage(const nodal_equations<size>& equations, T s) noexcept
{
    return detail::solution(equations, equations.output, s);
}

}   // namespace phono::inline v0_2

#pragma GCC diagnostic pop
