// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/detour.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/math/lanes.hpp>

#include <limits>
#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A tube kernel of one channel, its modes side by side in vector registers.
template <netlist_size size>
class one_channel {
    using design_type = kernel_design<size>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs, outputs = design_type::outputs;
    static constexpr int most = design_type::most, plates_only = 1 + size.triodes;
    using row = math::lanes<4>;
    using real_bank = mode_bank<row, most, inputs, outputs>;
    using pair_bank = mode_bank<complex_lanes<2>, most / 2, inputs, outputs>;
    static constexpr int rows = real_bank::rows;
    static constexpr bool is_output_apart = real_bank::is_last_apart;
    using solver_type = typename design_type::solver;

public:
    void set(const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        const design_type design{held, found, period, solver_};
        real_.clear(), pair_.clear();
        int reals = 0, pairs = 0;
        for (int n = 0; n < design.count; ++n) {
            const bool is_pair = design.modes[n].is_pair;
            if (is_pair) pair_.push(design.modes[n]);
            else real_.push(design.modes[n]);
            place_[n] = {is_pair, is_pair ? pairs++ : reals++};
        }
        row next[inputs][rows]{};
        for (int o = 0; o < (is_output_apart ? ports : outputs); ++o)
            for (int j = 0; j < inputs; ++j) next[j][o / 4].set(o % 4, design.next[o][j]), later_[j][o / 4].set(o % 4, design.later[o][j]);
        solver_.set_next(next + 1);
        for (int o = 0; o < ports; ++o) emf_[o / 4].set(o % 4, design.emf[o]);
        for (int r = 0; r < rows; ++r) next_by_emf_[r] = next[0][r];
        for (int j = 0; j < inputs; ++j)
            output_[j] = design.output[j], next_output_[j] = design.next[ports][j], later_output_[j] = design.later[ports][j];
        detour_.set(design, held, found, period);
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset(), detour_.reset();
        coming_ = {};
        for (auto& w : w_)
            for (double& of : w) of = 0.0;
        grids_ = false;
        most_evaluations_ = 0;
    }

    void settle() noexcept { real_.settle(), pair_.settle(); }

    double operator()(double u) noexcept { return step(u, coming_); }

    /// A block in place.
    void process(std::span<double> block) noexcept
    {
        sample coming = coming_;   // a copy, which stays in registers
        for (double& x : block) x = step(x, coming);
        coming_ = coming;
    }

    /// The circuit at the latest sample.
    [[nodiscard]] circuit_state<size> state(int = 0) const noexcept { return detour_.state(memories(), latest()); }
    /// Goes on from a state, by a detour: the drives ahead of it need not be known.
    void start_from(const circuit_state<size>& from, int = 0) noexcept
    {
        coming_ = {};
        for (row& r : coming_.ahead.at) r = row::all(std::numeric_limits<double>::quiet_NaN());   // not small until the detour is over
        detour_.begin(from);
    }

    /// The most evaluations of the laws that one of the three attempts at a sample takes.
    void set_limit(int evaluations) noexcept { limit_ = evaluations; }
    /// The most that the output can be, with an EMF of at most so many volts of late.
    [[nodiscard]] double most_output(double emf) const noexcept { return detour_.most_output(emf); }
    [[nodiscard]] long unsolved() const noexcept { return detour_.unsolved(); }
    [[nodiscard]] int most_evaluations() const noexcept { return most_evaluations_; }

    /// The small-signal response: the tubes' residual currents, which have no slope at the operating point, contribute nothing.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        const math::complex ahead = real_.response(w, ports) + pair_.response(w, ports);
        return math::complex{output_[0]} + w * (math::complex{next_output_[0]} + w * (math::complex{later_output_[0]} + ahead));
    }

private:
    /// Coordinates of the ports.
    struct coordinates {
        row at[rows]{};
    };
    /// What is known of the next sample before its own EMF. The solver waits for the coordinates alone; of these, what the latest currents
    /// contribute comes last. What they contribute to the sample after that is ready as soon, not only when the modes have taken them.
    struct sample {
        coordinates ahead{};      ///< as the modes and the earlier inputs make them
        coordinates currents{};   ///< what the latest currents add
        coordinates later{};      ///< what the latest inputs contribute to the sample after it
        double output = 0.0;
    };

    [[gnu::always_inline]] double step(double u, sample& coming) noexcept
    {
        coordinates here, ahead;
        for (int r = 0; r < rows; ++r) {
            here.at[r] = fmadd(u, emf_[r], coming.ahead.at[r]) + coming.currents.at[r];
            ahead.at[r] = fmadd(u, next_by_emf_[r], coming.later.at[r]);
        }
        typename solver_type::small_solution solved;
        const bool is_small = solver_.solve_small(here.at, solved);
        if (!is_small) [[unlikely]] {
            const coordinates copy = here;   // only copies leave for memory: those of small signals stay in registers
            if (!solve_beyond(u, copy)) {
                passed_by way{0.0, coming};
                go_on(u, way);
                coming = way.coming;
                return way.output;
            }
        }
        double y = coming.output + output_[0] * u;
        coming.output = grids_ ? look_ahead<inputs>(ahead) : look_ahead<plates_only>(ahead);
        coming.output += is_output_apart ? next_output_[0] * u : output_of(ahead);
        for (int r = 0; r < rows; ++r) coming.ahead.at[r] = ahead.at[r];   // row by row, as they were stored: a wider load would wait
        at_ = (at_ + 1) % kept;
        double(&w)[inputs] = w_[at_];
        w[0] = u;
        if (is_small) [[likely]]
            grids_ = solver_.add(solved, coming.currents.at, w + 1);
        else {
            for (int j = 0; j < ports; ++j) w[1 + j] = large_[j];
            grids_ = solver_.add_large(large_, coming.currents.at);
        }
        add_later(coming.later);
        for (int j = 1; j < plates_only; ++j) y += output_[j] * w[j], coming.output += next_output_[j] * w[j];
        if (grids_)
            for (int j = plates_only; j < inputs; ++j) y += output_[j] * w[j], coming.output += next_output_[j] * w[j];
        return y;
    }

    /// Solves a sample beyond small signals, by the table where there is one.
    [[gnu::noinline]] bool solve_beyond(double u, const coordinates& here) noexcept
    {
        return (detour_.accepts_table() && solver_.tabulated(here.at, large_)) || solve_large(u, here.at);
    }

    /// Solves a sample beyond small signals. Returns false where there is no solution, or none that is physical, and on a detour.
    bool solve_large(double u, const row (&here)[rows]) noexcept
    {
        detour_.pass();
        wasted_ = 0;
        if (detour_.is_taken()) return false;
        math::vector<double, ports> v;
        const bool solved = solver_.large(here, limit_, large_, v);
        if (solved && detour_.accepts(u, v)) {
            spend(solver_.evaluations());
            return true;
        }
        if (!solved) detour_.miss();
        wasted_ = solver_.evaluations();
        detour_.begin(memories(), latest());
        return false;
    }

    /// A sample of a detour: its output, and the sample after it. No sample is small until the detour is over.
    struct passed_by {
        double output = 0.0;
        sample coming{};
    };
    [[gnu::noinline]] void go_on(double u, passed_by& way) noexcept
    {
        way.output = detour_(u, limit_);
        int evaluations = wasted_ + detour_.spent();
        for (row& r : way.coming.ahead.at) r = row::all(std::numeric_limits<double>::quiet_NaN());
        if (detour_.is_over()) come_back(u, way.coming), ++evaluations;
        spend(evaluations);
    }
    /// The memory of each mode of the design.
    [[nodiscard]] auto memories() const noexcept
    {
        return [this](int n) {
            const early_memory m = place_[n].is_pair ? pair_.memory(place_[n].at) : real_.memory(place_[n].at);
            return detour_.step(n).memory(m, detour_.drive(n, before(1)), detour_.drive(n, before(2)));
        };
    }
    /// Goes on from where a detour ends.
    void come_back(double u, sample& next) noexcept
    {
        const auto set_memory = [this](int n, const mode_memory& m) {
            const early_memory early = detour_.step(n).early(m);
            if (place_[n].is_pair) pair_.set_memory(place_[n].at, early);
            else real_.set_memory(place_[n].at, early);
        };
        double(&w)[inputs] = w_[at_], (&w_1)[inputs] = w_[(at_ + kept - 1) % kept];
        detour_.end(set_memory, w, w_1);
        for (double& of : w_[(at_ + kept - 2) % kept]) of = 0.0;
        solver_.start_from(detour_.port_voltages());
        for (int r = 0; r < rows; ++r) {
            next.ahead.at[r] = u * next_by_emf_[r];
            for (int j = 0; j < inputs; ++j) next.ahead.at[r] = fmadd(w_1[j], later_[j][r], next.ahead.at[r]);
        }
        next.output = real_.read(next.ahead.at);
        next.output = next.output + pair_.read(next.ahead.at) + later_output<inputs>(w_1);
        next.output += is_output_apart ? next_output_[0] * u : output_of(next.ahead);
        for (int j = 1; j < inputs; ++j) next.output += next_output_[j] * w[j];
        grids_ = solver_.add_large(w + 1, next.currents.at);
        add_later(next.later);
    }

    static double output_of(const coordinates& next) noexcept { return is_output_apart ? 0.0 : next.at[ports / 4][ports % 4]; }

    template <int active>
    double look_ahead(coordinates& next) noexcept
    {
        const double of_real = real_.template look_ahead<active>(latest(), next.at);
        return of_real + pair_.template look_ahead<active>(latest(), next.at) + later_output<active>(latest());
    }

    /// What the latest inputs contribute to the sample after the next ...
    void add_later(coordinates& later) const noexcept
    {
        const double(&w)[inputs] = latest();
        for (int r = 0; r < rows; ++r) {
            later.at[r] = w[0] * later_[0][r];
            for (int j = 1; j < plates_only; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
            if (grids_)
                for (int j = plates_only; j < inputs; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
        }
    }
    /// ... and to an output there that is apart.
    template <int active>
    [[nodiscard]] double later_output(const double (&w)[inputs]) const noexcept
    {
        double sum = 0.0;
        if constexpr (is_output_apart)
            for (int j = 0; j < active; ++j) sum += w[j] * later_output_[j];
        return sum;
    }

    using all_inputs = double[inputs];
    [[nodiscard]] const all_inputs& before(int samples) const noexcept { return w_[(at_ + kept - samples) % kept]; }
    [[nodiscard]] const all_inputs& latest() const noexcept { return w_[at_]; }

    void spend(int evaluations) noexcept { most_evaluations_ = evaluations > most_evaluations_ ? evaluations : most_evaluations_; }

    sample coming_{};
    static constexpr int kept = 4;
    double w_[kept][inputs]{};                          ///< EMF and currents of the latest samples, in a ring
    int at_ = 0;                                        ///< of the latest
    bool grids_ = false;                                ///< whether grid currents are among these
    row emf_[rows]{}, next_by_emf_[rows]{};             ///< what the EMF contributes to the ports within a sample and in the next
    row later_[inputs][rows]{};                         ///< what EMF and currents contribute to the ports in the sample after that
    double output_[inputs]{}, next_output_[inputs]{};   ///< what EMF and currents contribute to the output, within a sample and in the next
    double later_output_[inputs]{};                     ///< and in the one after that
    real_bank real_{};
    pair_bank pair_{};
    solver_type solver_{};
    mode_place place_[most > 0 ? most : 1]{};
    detour<size> detour_{};
    double large_[ports]{};   ///< the currents of a sample beyond small signals
    int limit_ = 0, most_evaluations_ = 0;
    int wasted_ = 0;   ///< evaluations in an attempt that a detour followed
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
