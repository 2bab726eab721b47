// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/operating_point.hpp>

namespace phono {

/// The node voltages of a netlist at rest: its supplies on, its EMF at zero, its triodes at the operating point that was found.
template <netlist_size size>
class rest_voltages {
public:
    constexpr explicit rest_voltages(const netlist<size>& circuit) noexcept
    {
        // The netlist's controlled sources are the triodes' tangents; what is left of each current is constant.
        const nodal_equations<size> equations{circuit};
        math::vector<double, size.unknowns()> drawn = equations.bias;
        const auto draw = [&](node plus, node minus, double amperes) {
            if (plus != ground) drawn[plus.index - 1] -= amperes;
            if (minus != ground) drawn[minus.index - 1] += amperes;
        };
        for (int t = 0; t < size.triodes; ++t) {
            const triode_port& tube = circuit.triodes[t];
            const triode_currents i = tube.law.currents(tube.vgk, tube.vpk);
            draw(tube.plate, tube.cathode, i.plate - i.plate_by_grid * tube.vgk - i.plate_by_plate * tube.vpk);
            draw(tube.grid, tube.cathode, i.grid - i.grid_by_grid * tube.vgk - i.grid_by_plate * tube.vpk);
        }
        solution_ = math::lu<double, size.unknowns()>{equations.g}.solve(drawn);
    }

    /// Volts against ground.
    constexpr double operator()(node at) const noexcept { return at == ground ? 0.0 : solution_[at.index - 1]; }

private:
    math::vector<double, size.unknowns()> solution_{};
};

}   // namespace phono
