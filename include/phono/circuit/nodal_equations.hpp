// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/circuit/netlist.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"   // exact comparisons are meant

namespace phono::inline v0_2 {

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

    /// One term of C.
    struct reactive_port {
        int plus = -1, minus = -1;   ///< rows of x; -1 is ground
        double weight = 0.0;
    };

    math::matrix<double, unknowns> g{};
    math::vector<double, unknowns> b{};      ///< the signal
    math::vector<double, unknowns> bias{};   ///< the DC supplies
    math::vector<reactive_port, size.reactances> reactance{};
    int output = -1;   ///< row of x; -1 is ground

    constexpr nodal_equations() noexcept = default;   ///< of an empty circuit
    /// Of the linear part, without the triodes.
    constexpr explicit nodal_equations(const netlist<size>& circuit) noexcept { take(circuit); }
    /// Of the small-signal circuit.
    constexpr nodal_equations(const netlist<size>& circuit, const operating_point<size.triodes>& point) noexcept
    {
        take(circuit);
        linearise(point);
    }

    /// Adds the linear part of a netlist to empty equations.
    constexpr void take(const netlist<size>& circuit) noexcept
    {
        output = circuit.output.index - 1;
        int branch = size.nodes, reactive = 0;
        for (int i = 0; i < circuit.part_count; ++i) {
            const part& p = circuit.parts[i];
            const int a = p.a.index - 1, c = p.b.index - 1;
            switch (p.kind) {
                case part_kind::resistor:
                    conductance(a, c, a, c, 1.0 / p.value);
                    drive(bias, a, p.emf / p.value), drive(bias, c, -p.emf / p.value);
                    break;
                case part_kind::series_resistor: stamp(branch, branch, -p.value); break;
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
    }

    /// Adds the slopes of the triodes at their operating point.
    constexpr void linearise(const operating_point<size.triodes>& point) noexcept
    {
        for (const biased_triode& t : point) {
            const int plate = t.plate.index - 1, grid = t.grid.index - 1, cathode = t.cathode.index - 1;
            conductance(plate, cathode, grid, cathode, t.at_rest.plate_by_grid);
            conductance(plate, cathode, plate, cathode, t.at_rest.plate_by_plate);
            conductance(grid, cathode, grid, cathode, t.at_rest.grid_by_grid);
            conductance(grid, cathode, plate, cathode, t.at_rest.grid_by_plate);
        }
    }

    /// G + s C for a real or complex s.
    template <class T>
    [[nodiscard]] constexpr math::matrix<T, unknowns> at(T s) const noexcept
    {
        math::matrix<T, unknowns> a{};
        for (int i = 0; i < unknowns; ++i) {
            const double* const row = g[i];
            for (int j = 0; j < unknowns; ++j)
                if (row[j] != 0.0) a[i][j] = T{row[j]};
        }
        add_reactances(a, s);
        return a;
    }

    /// C.
    [[nodiscard]] constexpr math::matrix<double, unknowns> capacitive() const noexcept
    {
        math::matrix<double, unknowns> c{};
        add_reactances(c, 1.0);
        return c;
    }

    /// The signal, b, in another type.
    template <class T>
    [[nodiscard]] constexpr math::vector<T, unknowns> drive() const noexcept
    {
        math::vector<T, unknowns> side{};
        for (int i = 0; i < unknowns; ++i) side[i] = T{b[i]};
        return side;
    }

private:
    /// False for ground. The upper bound always holds; it is tested only to avoid compiler warnings.
    [[nodiscard]] static constexpr bool is_row(int i) noexcept { return i >= 0 && i < unknowns; }

    template <class T>
    constexpr void add_reactances(math::matrix<T, unknowns>& a, T s) const noexcept
    {
        for (const reactive_port& port : reactance) {
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

    constexpr void stamp(int i, int j, double value) noexcept
    {
        if (is_row(i) && is_row(j)) g(i, j) += value;
    }
    static constexpr void drive(math::vector<double, unknowns>& side, int row, double value) noexcept
    {
        if (is_row(row)) side[row] += value;
    }
    constexpr void port(int place, const reactive_port& seen) noexcept
    {
        if (place < size.reactances) reactance[place] = seen;
    }
    constexpr void conductance(int a, int c, int plus, int minus, double siemens) noexcept
    {
        stamp(a, plus, siemens), stamp(a, minus, -siemens), stamp(c, plus, -siemens), stamp(c, minus, siemens);
    }
    /// The current `branch` leaves node a and enters node c; its own row reads v(a) - v(c) - ... = ...
    constexpr void connect(int branch, int a, int c) noexcept
    {
        stamp(a, branch, 1.0), stamp(c, branch, -1.0), stamp(branch, a, 1.0), stamp(branch, c, -1.0);
    }
};

namespace detail {

/// The unknown of a row at the complex frequency s: 0 for ground (-1), NaN where the circuit has no solution.
template <netlist_size size, class T>
[[nodiscard]] constexpr T solution(const nodal_equations<size>& equations, int row, T s) noexcept
{
    if constexpr (size.unknowns() == 0) return T{};
    else {
        if (row < 0) return T{};
        const math::lu<T, size.unknowns()> factors{equations.at(s)};
        if (!factors.regular()) return T{std::numeric_limits<double>::quiet_NaN()};
        return factors.solve(equations.template drive<T>())[row];
    }
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
