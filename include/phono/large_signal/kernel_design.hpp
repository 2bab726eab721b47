// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/solver/one_triode.hpp>
#include <phono/large_signal/solver/several_triodes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/step_choice.hpp>

#include <type_traits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Where a mode of a design runs: its number among the real ones or among the conjugate pairs.
struct mode_place {
    bool is_pair = false;
    int at = 0;
};

/// The coefficients of a tube kernel, whether it runs one channel or several: a circuit's modes with their steps, and what the inputs
/// contribute within a sample and to the next.
///
/// The inputs are the EMF, the plate currents, the grid currents; the outputs are the solver's coordinates, then the circuit's output.
template <netlist_size size>
struct kernel_design {
    using modes_type = port_modes<size>;
    using solver = std::conditional_t<size.triodes == 1, one_triode, several_triodes<size.triodes>>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;
    static constexpr int most = 2 * modes_type::most;   ///< a mode may need two, one for the EMF and one for the currents
    using mode = look_ahead_mode<inputs, outputs>;

    mode modes[most > 0 ? most : 1]{};
    int count = 0;
    double emf[ports]{};                  ///< from the EMF to the coordinates, within a sample
    double output[inputs]{};              ///< from the inputs to the output, within a sample
    double next[outputs][inputs]{};       ///< from the inputs to the next sample
    double later[outputs][inputs]{};      ///< from the inputs to the sample after the next
    bool is_split = false;                ///< modes come in twos, one for the EMF and one for the currents
    steep_states steep[size.triodes]{};   ///< where the steps are not stable

    /// Also sets up the solver, which chooses its own coordinates.
    template <class Solver>
    kernel_design(const circuit<size>& held, const modes_type& found, double period, Solver& solved) noexcept
    {
        const step_choice<size> choice{held, found, period};
        double k[ports][ports];
        for (int i = 0; i < ports; ++i)
            for (int j = 0; j < ports; ++j) k[i][j] = choice.through(i, 1 + j);
        solved.set(held.triodes(), k, swings(found));
        is_split = choice.is_damped();
        for (int t = 0; t < size.triodes; ++t) steep[t] = choice.steep(t);

        for (int n = 0; n < found.count; ++n) {
            if (choice.is_damped()) add(found, choice, n, 0, 1, solved), add(found, choice, n, 1, inputs, solved);
            else add(found, choice, n, 0, inputs, solved);
        }
        for (int o = 0; o < ports; ++o)
            for (int i = 0; i < ports; ++i) emf[o] += solved.coordinates_of_ports[o][i] * choice.through(i, 0);
        for (int j = 0; j < inputs; ++j) output[order_of(j)] = choice.through(ports, j);
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j)
                for (int n = 0; n < count; ++n) {
                    next[o][j] += (modes[n].read[o] * (modes[n].newest * modes[n].drive[j])).re;
                    later[o][j] += (modes[n].read[o] * (modes[n].weight[0] * modes[n].drive[j])).re;
                }
    }

    /// From the order of the modes' inputs to the kernel's.
    [[nodiscard]] static constexpr int order_of(int j) noexcept { return j == 0 || j % 2 == 0 ? j / 2 : 1 + size.triodes + j / 2; }

private:
    /// Adds a mode as driven by the inputs from `first` up to but not including `end`.
    void add(const modes_type& found, const step_choice<size>& choice, int n, int first, int end, const auto& solved) noexcept
    {
        const auto& from = found.modes[n];
        math::complex drive[inputs]{}, read[outputs]{};
        for (int j = first; j < end; ++j) drive[order_of(j)] = from.drive[j];
        for (int o = 0; o < ports; ++o)
            for (int i = 0; i < ports; ++i) read[o] += math::complex{solved.coordinates_of_ports[o][i]} * from.read[i];
        read[ports] = from.read[ports];
        modes[count++] = mode{choice.step(n, first), drive, read, from.s.im != 0.0};
    }

    /// Small-signal port voltages per volt of EMF across the audible range.
    /// (eq. 9 of large_signal/README.md)
    static auto swings(const modes_type& found) noexcept
    {
        constexpr double hertz[] = {20.0, 50.0, 100.0, 300.0, 1e3, 3e3, 1e4, 2e4};
        math::vector<math::vector<math::complex, ports>, 8> v{};
        for (int f = 0; f < 8; ++f)
            for (int o = 0; o < ports; ++o) v[f][o] = found.response(o, 0, {0.0, 2.0 * math::pi * hertz[f]});
        return v;
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
