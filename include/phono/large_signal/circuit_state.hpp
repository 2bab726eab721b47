// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A running circuit at one sample: its modes and what drives them.
template <netlist_size size>
struct circuit_state {
    static constexpr int most = size.reactances > 0 ? size.reactances : 1;
    using states = math::complex[most];
    using drives = double[port_modes<size>::inputs];   ///< the EMF, then the residual currents: grid, plate of the first, of the second ...

    states modes{};
    drives driven{};
};

/// What the reactances of a circuit hold: capacitors' voltages and inductors' currents, from and to the state of its modes.
///
/// These are what two designs of one schematic with different values have in common: where a value changes while the circuit runs, they
/// stay, and the modes, which are others, follow from them. A capacitor whose own value changes keeps its voltage and an inductor its
/// current, as if a part of the new value had been charged alongside and switched over. Were charge kept instead, a capacitor that is made
/// smaller would take energy from whoever turns it, and a voltage could grow beyond what the supply can cause. Where capacitors are in a
/// loop the new modes take of their voltages what the charge on the nodes between them says.
/// (eq. 33 and 34 of large_signal/README.md)
template <netlist_size size>
class stored_state {
    using modes_type = port_modes<size>;
    static constexpr int inputs = modes_type::inputs, most = circuit_state<size>::most, r = size.reactances;

public:
    using values = double[most];

    void set(const circuit<size>& held, const modes_type& found) noexcept
    {
        count_ = found.count;
        const auto at_rest = held.quiescent();
        const port_incidence<size> places{held.netlist(), held.equations()};
        for (int k = 0; k < r; ++k) {
            const double value = places.across(at_rest.unknowns(), k);
            // DC does not determine the voltage between two capacitors: what is beyond rest is then all there is.
            rest_[k] = math::abs(value) <= largest ? value : 0.0;
            for (int j = 0; j < inputs; ++j) direct_[k][j] = found.stored_directly[k][j];
            for (int n = 0; n < count_; ++n) {
                const double share = found.modes[n].s.im == 0.0 ? 1.0 : 2.0;
                stored_[n][k] = math::complex{share} * found.modes[n].stored[k];
                by_stored_[n][k] = found.modes[n].by_stored[k];
            }
        }
    }

    /// What the reactances hold in a state.
    void read(const circuit_state<size>& from, values& held) const noexcept
    {
        for (int k = 0; k < r; ++k) {
            held[k] = rest_[k];
            for (int j = 0; j < inputs; ++j) held[k] += direct_[k][j] * from.driven[j];
            for (int n = 0; n < count_; ++n) held[k] += (stored_[n][k] * from.modes[n]).re;
        }
    }

    /// The modes of what the reactances hold.
    void take(const values& held, circuit_state<size>& to) const noexcept
    {
        for (int n = 0; n < count_; ++n) {
            to.modes[n] = {};
            for (int k = 0; k < r; ++k) to.modes[n] += (held[k] - rest_[k]) * by_stored_[n][k];
        }
    }

private:
    static constexpr double largest = 1e12;

    double rest_[most]{}, direct_[most][inputs]{};
    math::complex stored_[most][most]{}, by_stored_[most][most]{};   ///< of each mode and reactance
    int count_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
