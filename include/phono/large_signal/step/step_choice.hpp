// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/step/exponential_step.hpp>
#include <phono/large_signal/step/frozen_slopes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// Chooses the steps of a circuit's modes: of order 4 for the EMF, and for the tubes' currents too unless that would not be stable where no
/// grid draws current yet; then the damped step.
///
/// A grid that conducts across a stray capacitance is a feedback of many times the sampling rate around a mode of moderate speed: behind 47
/// kOhm or more the step of order 4 diverges at 20 V. Neither step is stable in every state of every circuit: the states in which the
/// chosen one is not are left to backward differences.
/// (eq. 10 or 14, and 32, of large_signal/README.md)
template <netlist_size size>
class step_choice {
    using modes_type = port_modes<size>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;

public:
    step_choice(const circuit<size>& held, const modes_type& found, double period) noexcept : found_(found), period_(period)
    {
        const auto find_steep = [&] {
            const frozen_slopes<size> frozen{held, found, [this](int n) { return step(n, 1); }};
            for (int t = 0; t < size.triodes; ++t) steep_[t] = frozen.steep(t);
        };
        find_steep();
        for (const steep_states& tube : steep_) is_damped_ = is_damped_ || tube.has_any(0.0);
        if (is_damped_) find_steep();
        add_up();
    }

    /// True if the EMF and the currents take different steps.
    bool is_damped() const noexcept { return is_damped_; }

    /// The states of a triode in which the chosen step is not stable.
    const steep_states& steep(int triode) const noexcept { return steep_[triode]; }

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

    const modes_type& found_;
    double period_;
    double through_[outputs][inputs]{};
    bool is_damped_ = false;
    steep_states steep_[size.triodes]{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
