// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/digital/tubes/exponential_weights.hpp>
#include <phono/digital/tubes/port_modes.hpp>
#include <phono/digital/tubes/port_solver.hpp>

namespace phono {

/// A circuit with triodes, sample by sample: its modes advanced by exponential steps, its triodes solved within each sample, feedback
/// around them included. Volts of EMF in, volts of signal out, both as deviations from rest.
template <netlist_size size>
class tube_kernel {
    using modes_type = port_modes<size>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;
    static constexpr int reals = modes_type::most, pairs = modes_type::most / 2;

public:
    /// Takes a circuit for a sampling period and forgets what was played.
    void set(const netlist<size>& circuit, const modes_type& found, double period) noexcept
    {
        real_ = {}, pair_ = {};
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) through_[o][j] = found.direct[o][j];
        int r = 0, c = 0;
        for (int k = 0; k < found.count; ++k) {
            const auto& mode = found.modes[k];
            const detail::exponential_step step{mode.s, period};
            const double share = mode.s.im == 0.0 ? 1.0 : 2.0;
            for (int o = 0; o < outputs; ++o)
                for (int j = 0; j < inputs; ++j) through_[o][j] += share * (mode.read[o] * step.weight[0] * mode.drive[j]).re;
            if (mode.s.im == 0.0) real_.put(r++, mode, step);
            else pair_.put(c++, mode, step);
        }
        double k[ports][ports]{};
        for (int i = 0; i < ports; ++i)
            for (int j = 0; j < ports; ++j) k[i][j] = through_[i][1 + j];
        solver_.set(circuit.triodes, k);
        reset();
    }

    constexpr void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset();
    }

    double operator()(double u) noexcept
    {
        math::vector<double, outputs> known{};
        real_.read_into(known);
        pair_.read_into(known);
        math::vector<double, ports> p{};
        for (int i = 0; i < ports; ++i) p[i] = known[i] + through_[i][0] * u;
        const math::vector<double, ports>& i = solver_(p);
        double y = known[ports] + through_[ports][0] * u;
        for (int j = 0; j < ports; ++j) y += through_[ports][1 + j] * i[j];
        math::vector<double, inputs> w{};
        w[0] = u;
        for (int j = 0; j < ports; ++j) w[1 + j] = i[j];
        real_.advance(w);
        pair_.advance(w);
        return y;
    }

    const detail::port_solver<size.triodes>& solver() const noexcept { return solver_; }

private:
    /// Modes in step, each with its part that is implicit in the present sample moved into `through`.
    template <class Value, int most>
    struct bank {
        Value decay[most > 0 ? most : 1]{}, weight[3][most > 0 ? most : 1]{};
        Value drive[inputs][most > 0 ? most : 1]{}, read[outputs][most > 0 ? most : 1]{};
        Value state[most > 0 ? most : 1]{}, last[2][most > 0 ? most : 1]{};
        int count = 0;

        static constexpr Value value(math::complex z) noexcept
        {
            if constexpr (std::is_same_v<Value, double>) return z.re;
            else return z;
        }
        constexpr void put(int k, const typename modes_type::mode& mode, const detail::exponential_step& step) noexcept
        {
            count = k + 1;
            decay[k] = value(step.decay);
            weight[0][k] = value(step.decay * step.weight[0] + step.weight[1]);
            weight[1][k] = value(step.weight[2]);
            weight[2][k] = value(step.weight[3]);
            for (int j = 0; j < inputs; ++j) drive[j][k] = value(mode.drive[j]);
            const double share = std::is_same_v<Value, double> ? 1.0 : 2.0;
            for (int o = 0; o < outputs; ++o) read[o][k] = value(share * mode.read[o]);
        }
        constexpr void reset() noexcept
        {
            for (int k = 0; k < most; ++k) state[k] = last[0][k] = last[1][k] = Value{};
        }
        void read_into(math::vector<double, outputs>& y) const noexcept
        {
            for (int o = 0; o < outputs; ++o) {
                double sum = 0.0;
                for (int k = 0; k < count; ++k) {
                    if constexpr (std::is_same_v<Value, double>) sum += read[o][k] * state[k];
                    else sum += read[o][k].re * state[k].re - read[o][k].im * state[k].im;
                }
                y[o] += sum;
            }
        }
        void advance(const math::vector<double, inputs>& w) noexcept
        {
            for (int k = 0; k < count; ++k) {
                Value g = drive[0][k] * Value(w[0]);
                for (int j = 1; j < inputs; ++j) g += drive[j][k] * Value(w[j]);
                state[k] = decay[k] * state[k] + weight[0][k] * g + weight[1][k] * last[0][k] + weight[2][k] * last[1][k];
                last[1][k] = last[0][k];
                last[0][k] = g;
            }
        }
    };

    bank<double, reals> real_{};
    bank<math::complex, pairs> pair_{};
    double through_[outputs][inputs]{};
    detail::port_solver<size.triodes> solver_{};
};

}  // namespace phono
