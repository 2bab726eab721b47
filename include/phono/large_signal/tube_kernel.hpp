// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/solver/one_triode.hpp>
#include <phono/large_signal/solver/several_triodes.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/large_signal/step/step_choice.hpp>

namespace phono {

template <netlist_size size, int count>
class tube_channels;

/// A circuit with triodes, sample by sample: its modes advanced by exponential steps, its triodes solved within each sample, feedback
/// around them included. Volts of EMF in, volts of signal out, both as deviations from rest.
///
/// The modes are those of the circuit linearised at rest, the tubes' inputs to them the currents beyond that. What does not depend on a
/// sample's own currents is worked out before they are.
/// Real-time safe: no allocation, no lock, no exception, finite output for finite input within +-1e6 V. set() is not for the audio thread:
/// with one triode it tabulates the solution for some milliseconds.
/// Time: the work in a sample is bounded, by 3000 evaluations of the laws; that is no deadline to plan with. White noise of 1e5 V takes
/// four triodes 2400 of them and 1 ms, 50 samples long. Overloads that a preamp may meet, up to 100 V of EMF, take fewer than 300.
/// Size: with one triode 82 kB, for its table: not for a small stack. With several far less: with Nachbaur's four 26 kB.
template <netlist_size size>
class tube_kernel {
    using modes_type = detail::port_modes<size>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;
    static constexpr int rows = (outputs + 3) / 4;
    static constexpr int places = 2 * modes_type::most;   ///< a mode may need two, one for the EMF and one for the currents
    using row = math::lanes<4>;
    using solver_type = std::conditional_t<size.triodes == 1, detail::one_triode, detail::several_triodes<size.triodes>>;

public:
    /// Takes a circuit for a sampling period and forgets what was played.
    void set(const circuit<size>& held, const modes_type& found, double period) noexcept
    {
        const detail::step_choice<size> choice{held, found, period};
        double through[outputs][inputs], k[ports][ports];
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) through[o][j] = choice.through(o, j);
        for (int i = 0; i < ports; ++i)
            for (int j = 0; j < ports; ++j) k[i][j] = through[i][1 + j];
        solver_.set(held.triodes(), k, swings(found));

        const auto& known_of_ports = solver_.known_of_ports;
        real_.clear(), pair_.clear();
        for (int n = 0; n < found.count; ++n) {
            const auto& mode = found.modes[n];
            math::complex read[outputs]{};
            for (int o = 0; o < ports; ++o)
                for (int i = 0; i < ports; ++i) read[o] += math::complex{known_of_ports[o][i]} * mode.read[i];
            read[ports] = mode.read[ports];
            const auto put = [&](int first, int end) {
                math::complex drive[inputs]{};
                for (int j = first; j < end; ++j) drive[place_of_input(j)] = mode.drive[j];
                const detail::exponential_step step = choice.step(n, first);
                if (mode.s.im == 0.0) real_.put(drive, read, outputs, step);
                else pair_.put(drive, read, outputs, step);
            };
            if (choice.is_damped()) put(0, 1), put(1, inputs);
            else put(0, inputs);
        }
        for (int o = 0; o < ports; ++o) {
            double sum = 0.0;
            for (int i = 0; i < ports; ++i) sum += known_of_ports[o][i] * through[i][0];
            emf_[o / 4].set(o % 4, sum);
        }
        for (int j = 0; j < inputs; ++j) output_[place_of_input(j)] = through[ports][j];
        row next[inputs][rows]{};
        real_.add_next(next), pair_.add_next(next);
        solver_.set_next(next + 1);
        for (int r = 0; r < rows; ++r) next_by_emf_[r] = next[0][r];
        for (int j = 0; j < inputs; ++j) next_output_[j] = next[j][ports / 4][ports % 4];
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset();
        for (row& r : known_) r = {};
        known_output_ = 0.0;
        for (double& w : w_) w = 0.0;
        grids_ = false;
    }

    /// Sets what has faded away to zero, before it becomes subnormal and slow: once a block, say.
    void settle() noexcept { real_.settle(), pair_.settle(); }

    double operator()(double u) noexcept
    {
        row known[rows], next[rows];
        for (int r = 0; r < rows; ++r) known[r] = fmadd(u, emf_[r], known_[r]), next[r] = u * next_by_emf_[r];
        if (grids_) look_ahead<inputs>(next);
        else look_ahead<1 + size.triodes>(next);
        double y = known_output_ + output_[0] * u, next_output = next[ports / 4][ports % 4];
        w_[0] = u;
        grids_ = solver_(known, next, w_ + 1);
        for (int r = 0; r < rows; ++r) known_[r] = next[r];
        for (int j = 1; j < inputs; ++j) {
            y += output_[j] * w_[j];
            next_output += next_output_[j] * w_[j];
        }
        known_output_ = next_output;
        return y;
    }

    /// The exact solver behind what is tabulated, for its counts.
    const detail::port_solver<size.triodes>& solver() const noexcept { return solver_.exact(); }

private:
    template <netlist_size, int>
    friend class tube_channels;

    /// The kernel's order: EMF, plates, grids.
    static constexpr int place_of_input(int j) noexcept { return j == 0 || j % 2 == 0 ? j / 2 : 1 + size.triodes + j / 2; }

    template <int active>
    void look_ahead(row (&next)[rows]) noexcept
    {
        real_.template look_ahead<active>(w_, next), pair_.template look_ahead<active>(w_, next);
    }

    /// Small-signal port voltages per volt of EMF through the audible range.
    static auto swings(const modes_type& found) noexcept
    {
        constexpr double hertz[] = {20.0, 50.0, 100.0, 300.0, 1e3, 3e3, 1e4, 2e4};
        math::vector<math::vector<math::complex, ports>, 8> v{};
        for (int f = 0; f < 8; ++f)
            for (int o = 0; o < ports; ++o) v[f][o] = found.response(o, 0, {0.0, 2.0 * math::pi * hertz[f]});
        return v;
    }

    row known_[rows]{};                                 ///< of the coming sample's ports, but for its own EMF ...
    double known_output_ = 0.0;                         ///< ... and of its output
    double w_[inputs]{};                                ///< EMF and currents of the sample before
    bool grids_ = false;                                ///< whether grids' are among these
    row emf_[rows]{}, next_by_emf_[rows]{};             ///< what the EMF brings to the ports within a sample and in the next
    double output_[inputs]{}, next_output_[inputs]{};   ///< what EMF and currents bring to the output
    detail::mode_bank<row, places, inputs, rows> real_{};
    detail::mode_bank<detail::complex_lanes<2>, places / 2, inputs, rows> pair_{};
    solver_type solver_{};
};

}   // namespace phono
