// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/step/exponential_step.hpp>

namespace phono::detail {

/// Chooses the steps of a circuit's modes: of order 4 for the EMF, and for the tubes' currents too unless some state of the tubes would
/// make them diverge; then damped.
///
/// A grid that conducts across a stray capacitance is a feedback of many times the sampling rate around a mode of moderate speed: behind 47
/// kOhm or more the step of order 4 diverges at 20 V. Stability is tried with the tubes' slopes from cut-off to saturation, each tube alone
/// and all together.
///
/// The damped step is taken without a trial, since there is no third. Its stability is not proven for modes that feed each other, but with
/// it grows() is false in every preamp of the catalogue and behind 10 kOhm to 1 MOhm, from 32 to 384 kHz. Constant slopes, as in that
/// trial, prove nothing for a signal either: that overloads stay below a few times the supply is tested too.
/// (eq. 10 or 14 of large_signal/README.md)
template <netlist_size size>
class step_choice {
    using modes_type = port_modes<size>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;

public:
    step_choice(const circuit<size>& held, const modes_type& found, double period) noexcept
        : triodes_(held.triodes()), found_(found), period_(period)
    {
        add_up();
        is_damped_ = grows();
        if (is_damped_) add_up();
    }

    /// True if the EMF and the currents take different steps.
    bool is_damped() const noexcept { return is_damped_; }

    /// True if the chosen steps make the modes diverge with the tubes held in one of the states tried.
    [[nodiscard]] bool grows() const noexcept
    {
        constexpr double volts[][2] = {{-10.0, 200.0}, {0.0, 20.0}, {0.0, 100.0}, {2.0, 20.0}, {10.0, 50.0}};   // grid, plate
        for (int which = -1; which < size.triodes; ++which)
            for (const auto& at : volts) {
                slopes slope{};
                for (int t = 0; t < size.triodes; ++t) {
                    if (which >= 0 && which != t) continue;
                    const biased_triode& tube = triodes_[t];
                    const triode_currents &rest = tube.at_rest, now = tube.law.currents(at[0], at[1]);
                    double(&grid)[2] = slope[2 * t], (&plate)[2] = slope[2 * t + 1];
                    grid[0] = now.grid_by_grid - rest.grid_by_grid, grid[1] = now.grid_by_plate - rest.grid_by_plate;
                    plate[0] = now.plate_by_grid - rest.plate_by_grid, plate[1] = now.plate_by_plate - rest.plate_by_plate;
                }
                if (grows(slope)) return true;
            }
        return false;
    }

    [[nodiscard]] exponential_step step(int mode, int input) const noexcept
    {
        const math::complex s = found_.modes[mode].s;
        return input > 0 && is_damped_ ? exponential_step::damped(s, period_) : exponential_step{s, period_};
    }

    /// What an input contributes to an output within the sample.
    /// (K and its like in eq. 16 of large_signal/README.md)
    double through(int output, int input) const noexcept { return through_[output][input]; }

private:
    static double share(const typename modes_type::mode& mode) noexcept { return mode.s.im == 0.0 ? 1.0 : 2.0; }

    void add_up() noexcept
    {
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) through_[o][j] = found_.direct[o][j];
        for (int n = 0; n < found_.count; ++n) {
            const auto& mode = found_.modes[n];
            const math::complex weights[] = {step(n, 0).weight[0], step(n, 1).weight[0]};
            for (int o = 0; o < outputs; ++o)
                for (int j = 0; j < inputs; ++j) through_[o][j] += share(mode) * (mode.read[o] * weights[j > 0] * mode.drive[j]).re;
        }
    }

    using slopes = double[ports][2];   ///< of the residual currents, by the grid's and the plate's voltage of the same tube

    /// The same with these slopes.
    [[nodiscard]] bool grows(const slopes& slope) const noexcept
    {
        constexpr int places = modes_type::most > 0 ? modes_type::most : 1, samples = 200;
        constexpr double most = 10.0;   // growth from one half of the trial to the other
        math::matrix<double, ports> seen{};
        for (int i = 0; i < ports; ++i) {
            for (int j = 0; j < ports; ++j)
                for (int k = 0; k < 2; ++k) seen(i, j / 2 * 2 + k) -= through_[i][1 + j] * slope[j][k];
            seen(i, i) += 1.0;
        }
        const math::lu<double, ports> factors{seen};
        math::complex state[places], last[2][places]{};
        exponential_step step_of[places];
        for (int n = 0; n < found_.count; ++n) step_of[n] = step(n, 1), state[n] = {1.0};
        double half[2]{};   // the largest port voltage of each
        for (int m = 0; m < samples; ++m) {
            math::vector<double, ports> v{};
            for (int n = 0; n < found_.count; ++n)
                for (int i = 0; i < ports; ++i) v[i] += share(found_.modes[n]) * (found_.modes[n].read[i] * state[n]).re;
            v = factors.solve(v);
            double current[ports];
            for (int j = 0; j < ports; ++j) {
                current[j] = slope[j][0] * v[j / 2 * 2] + slope[j][1] * v[j / 2 * 2 + 1];
                double& largest = half[m < samples / 2 ? 0 : 1];
                if (m >= samples / 4) largest = math::abs(v[j]) > largest ? math::abs(v[j]) : largest;
                if (!(math::abs(v[j]) < 1e30)) return true;
            }
            for (int n = 0; n < found_.count; ++n) {
                const exponential_step& s = step_of[n];
                const math::complex newest = s.decay * s.weight[0] + s.weight[1];
                math::complex g{};
                for (int j = 0; j < ports; ++j) g += current[j] * found_.modes[n].drive[1 + j];
                state[n] = s.decay * state[n] + newest * g + s.weight[2] * last[0][n] + s.weight[3] * last[1][n];
                last[1][n] = last[0][n], last[0][n] = g;
            }
        }
        return half[1] > most * half[0];
    }

    const operating_point<size.triodes>& triodes_;
    const modes_type& found_;
    double period_;
    double through_[outputs][inputs]{};
    bool is_damped_ = false;
};

}   // namespace phono::detail
