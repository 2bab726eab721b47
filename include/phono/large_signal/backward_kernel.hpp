// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/circuit.hpp>
#include <phono/large_signal/circuit_state.hpp>
#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/solver/port_solver.hpp>
#include <phono/large_signal/step/backward_difference.hpp>

#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wfloat-equal"       // exact comparisons are meant
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A circuit stepped by backward differences: what carries it through the samples in which the step of order 4 would leave physics.
///
/// The first step is backward Euler's, later ones are of order 2. Both are those of the circuit itself, since they commute with its change
/// to modes: they keep its energy balance, so that no voltage grows beyond what supplies and drive allow. Their equation always has a
/// solution. Where the solver does not find it, the state stays as it was, and the sample is counted.
/// (eq. 28 to 31 of large_signal/README.md)
template <netlist_size size>
class backward_kernel {
public:
    using modes_type = port_modes<size>;
    static constexpr int ports = modes_type::ports, inputs = modes_type::inputs, outputs = modes_type::outputs;
    static constexpr int most = modes_type::most > 0 ? modes_type::most : 1;
    using states = typename circuit_state<size>::states;
    using drives = typename circuit_state<size>::drives;
    using voltages = math::vector<double, ports>;

    void set(const circuit<size>& held, const modes_type& found, double period) noexcept
    {
        count_ = found.count;
        for (int k = 0; k < count_; ++k) {
            const auto& from = found.modes[k];
            const double share = from.s.im == 0.0 ? 1.0 : 2.0;
            for (int j = 0; j < inputs; ++j) mode_[k].drive[j] = from.drive[j];
            for (int o = 0; o < outputs; ++o) mode_[k].read[o] = math::complex{share} * from.read[o];
            first_.step[k] = backward_difference::of_order_1(from.s, period);
            later_.step[k] = backward_difference::of_order_2(from.s, period);
        }
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) direct_[o][j] = found.direct[o][j];
        prepare(first_, held), prepare(later_, held);
        reset();
    }

    /// Clears the count of unsolved samples.
    void reset() noexcept { unsolved_ = 0; }

    /// Starts from the modes and the drives of the previous sample.
    void start(const states& x, const drives& w) noexcept
    {
        for (int k = 0; k < count_; ++k) last_[k] = x[k];
        for (int j = 0; j < inputs; ++j) w_[j] = w[j];
        read(v_);
        first_.solver.start_from(v_);
        evaluations_ = 1;
        known_ = 1;
    }

    /// Takes one sample with at most so many evaluations of the laws for each of its two attempts, and four more; returns the output.
    double operator()(double u, int evaluations) noexcept
    {
        bool solved = known_ > 1 && advance(later_, u, evaluations);
        if (!solved) {
            if (known_ > 1) first_.solver.start_from(v_), ++evaluations_;
            known_ = 1;
            solved = advance(first_, u, evaluations);
            if (!solved) ++unsolved_;
        }
        double y = 0.0;
        for (int k = 0; k < count_; ++k) y += (mode_[k].read[ports] * last_[k]).re;
        for (int j = 0; j < inputs; ++j) y += direct_[ports][j] * w_[j];
        return y;
    }

    /// The drive of a mode by the inputs from `from` up to but not including `end`.
    [[nodiscard]] math::complex drive(int which, const drives& w, int from, int end) const noexcept
    {
        math::complex g{};
        for (int j = from; j < end; ++j) g += w[j] * mode_[which].drive[j];
        return g;
    }

    /// True if the latest sample was solved, and not held.
    [[nodiscard]] bool has_solved() const noexcept { return known_ > 1; }
    /// Of the latest sample: the modes, the drives and the voltages at the ports.
    [[nodiscard]] const states& modes() const noexcept { return last_; }
    [[nodiscard]] const drives& driven() const noexcept { return w_; }
    [[nodiscard]] const voltages& port_voltages() const noexcept { return v_; }

    /// Evaluations of the laws since this was last asked.
    [[nodiscard]] int spent() noexcept { return std::exchange(evaluations_, 0); }
    [[nodiscard]] long unsolved() const noexcept { return unsolved_; }

private:
    struct mode {
        math::complex drive[inputs]{}, read[outputs]{};   ///< read counts a conjugate pair twice
    };
    /// A rule with what it makes of the circuit within a sample.
    struct rule {
        backward_difference step[most]{};
        double emf[ports]{};
        port_solver<size.triodes> solver{};
    };

    void prepare(rule& r, const circuit<size>& held) noexcept
    {
        double through[ports][inputs];
        for (int o = 0; o < ports; ++o)
            for (int j = 0; j < inputs; ++j) {
                through[o][j] = direct_[o][j];
                for (int k = 0; k < count_; ++k) through[o][j] += (mode_[k].read[o] * r.step[k].own * mode_[k].drive[j]).re;
            }
        double k[ports][ports];
        for (int o = 0; o < ports; ++o) {
            r.emf[o] = through[o][0];
            for (int i = 0; i < ports; ++i) k[o][i] = through[o][1 + i];
        }
        r.solver.set(held.triodes(), k);
    }

    /// The voltages at the ports of the latest modes and drives.
    void read(voltages& v) const noexcept
    {
        for (int o = 0; o < ports; ++o) {
            v[o] = 0.0;
            for (int k = 0; k < count_; ++k) v[o] += (mode_[k].read[o] * last_[k]).re;
            for (int j = 0; j < inputs; ++j) v[o] += direct_[o][j] * w_[j];
        }
    }

    bool advance(rule& r, double u, int evaluations) noexcept
    {
        states own;   // the modes but for this sample's drive
        voltages p{};
        for (int k = 0; k < count_; ++k) own[k] = r.step[k].last * last_[k] + r.step[k].before_last * before_last_[k];
        for (int o = 0; o < ports; ++o) {
            p[o] = r.emf[o] * u;
            for (int k = 0; k < count_; ++k) p[o] += (mode_[k].read[o] * own[k]).re;
        }
        const bool solved = r.solver.solve(p, evaluations);
        evaluations_ += r.solver.evaluations();
        if (!solved) return false;
        w_[0] = u;
        for (int j = 0; j < ports; ++j) w_[1 + j] = r.solver.currents()[j];
        for (int k = 0; k < count_; ++k) {
            before_last_[k] = last_[k];
            last_[k] = own[k] + r.step[k].own * drive(k, w_, 0, inputs);
        }
        v_ = r.solver.port_voltages();
        if (known_ == 1) later_.solver.start_from(v_), ++evaluations_;
        known_ = 2;
        return true;
    }

    mode mode_[most]{};
    double direct_[outputs][inputs]{};
    int count_ = 0;
    rule first_{}, later_{};
    states last_{}, before_last_{};
    drives w_{};
    voltages v_{};
    int known_ = 1;   ///< states: 1 after a start or an unsolved sample
    int evaluations_ = 0;
    long unsolved_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
