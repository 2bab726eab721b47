// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/biased_triode.hpp>
#include <phono/circuit/port_incidence.hpp>

namespace phono::inline v0_2 {

/// The node voltages of a circuit at its operating point, with its supplies on and no signal.
template <netlist_size size>
class quiescent_voltages {
public:
    /// From a netlist, its operating point and its small-signal nodal equations there. The netlist must have an operating point.
    constexpr quiescent_voltages(const flat_netlist<size>& circuit, const operating_point<size.triodes>& point,
                                 const nodal_equations<size>& small_signal) noexcept
    {
        // The equations contain the slopes of the triodes; the remainder of each current is constant.
        const detail::port_incidence<size> ports{circuit, small_signal};
        math::vector<double, size.unknowns()> drawn = small_signal.bias;
        for (int t = 0; t < size.triodes; ++t) {
            const biased_triode& tube = point[t];
            const triode_currents& i = tube.at_rest;
            ports.add_current(drawn, 2 * t, i.grid - i.grid_by_grid * tube.vgk - i.grid_by_plate * tube.vpk);
            ports.add_current(drawn, 2 * t + 1, i.plate - i.plate_by_grid * tube.vgk - i.plate_by_plate * tube.vpk);
        }
        solution_ = math::lu<double, size.unknowns()>{small_signal.g, small_signal.used}.solve(drawn);
    }

    /// The voltage from a node to ground, in volts.
    [[nodiscard]] constexpr double operator()(node at) const noexcept { return at == ground ? 0.0 : solution_[at.index - 1]; }
    /// All unknowns of the nodal equations: the node voltages, then the branch currents.
    [[nodiscard]] constexpr const math::vector<double, size.unknowns()>& unknowns() const noexcept { return solution_; }

private:
    math::vector<double, size.unknowns()> solution_{};
};

}   // namespace phono::inline v0_2
