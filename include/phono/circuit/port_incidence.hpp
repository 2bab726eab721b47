// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/nodal_equations.hpp>

namespace phono::inline v0_2::detail {

/// Where a circuit's inputs (the EMF, then the port currents of its triodes: grid, plate of the first, of the second ...) enter its nodal
/// equations, and where its outputs (the port voltages, then the output) are read.
/// (b, P and o in eq. 1 and 2 of large_signal/README.md)
template <netlist_size size>
class port_incidence {
public:
    static constexpr int n = size.unknowns(), ports = 2 * size.triodes;

    constexpr port_incidence(const flat_netlist<size>& circuit, const nodal_equations<size>& equations) noexcept
        : triodes_(circuit.triodes), equations_(equations)
    {
    }

    /// The right-hand side for one unit of an input.
    [[nodiscard]] constexpr math::vector<double, n> drive(int input) const noexcept
    {
        if (input == 0) return equations_.b;
        math::vector<double, n> x{};
        add_current(x, input - 1, 1.0);
        return x;
    }
    /// Adds to the right-hand side a current that flows into the triode at a port.
    constexpr void add_current(math::vector<double, n>& x, int port, double amperes) const noexcept
    {
        const node plus = plus_of(port), minus = triodes_[port / 2].cathode;
        if (plus != ground) x[plus.index - 1] -= amperes;
        if (minus != ground) x[minus.index - 1] += amperes;
    }
    template <class T>
    [[nodiscard]] constexpr T read(const math::vector<T, n>& x, int output) const noexcept
    {
        if (output == ports) return equations_.output < 0 ? T{} : x[equations_.output];
        return at(x, plus_of(output).index - 1) - at(x, triodes_[output / 2].cathode.index - 1);
    }
    /// A capacitor's voltage or an inductor's current.
    template <class T>
    [[nodiscard]] constexpr T across(const math::vector<T, n>& x, int reactance) const noexcept
    {
        return at(x, equations_.reactance[reactance].plus) - at(x, equations_.reactance[reactance].minus);
    }

private:
    template <class T>
    [[nodiscard]] static constexpr T at(const math::vector<T, n>& x, int row) noexcept
    {
        return row < 0 ? T{} : x[row];
    }
    [[nodiscard]] constexpr node plus_of(int port) const noexcept
    {
        const triode_port& t = triodes_[port / 2];
        return port % 2 == 0 ? t.grid : t.plate;
    }

    const math::vector<triode_port, size.triodes>& triodes_;
    const nodal_equations<size>& equations_;
};

}   // namespace phono::inline v0_2::detail
