// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/detour.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/math/lanes.hpp>

#include <limits>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A tube kernel of one channel, its modes side by side in vector registers.
template <netlist_size size>
class one_channel {
    using design_type = kernel_design<size>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs, outputs = design_type::outputs;
    static constexpr int rows = (outputs + 3) / 4;
    using row = math::lanes<4>;
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
        for (int o = 0; o < outputs; ++o)
            for (int j = 0; j < inputs; ++j) next[j][o / 4].set(o % 4, design.next[o][j]);
        solver_.set_next(next + 1);
        for (int o = 0; o < ports; ++o) emf_[o / 4].set(o % 4, design.emf[o]);
        for (int r = 0; r < rows; ++r) next_by_emf_[r] = next[0][r];
        for (int j = 0; j < inputs; ++j) output_[j] = design.output[j], next_output_[j] = design.next[ports][j];
        detour_.set(design, held, found, period);
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset(), detour_.reset();
        for (row& r : coordinates_) r = {};
        coming_output_ = 0.0;
        for (double& w : w_) w = 0.0;
        grids_ = false;
        most_evaluations_ = 0;
    }

    void settle() noexcept { real_.settle(), pair_.settle(); }

    double operator()(double u) noexcept
    {
        row coordinates[rows], next[rows];
        for (int r = 0; r < rows; ++r) coordinates[r] = fmadd(u, emf_[r], coordinates_[r]), next[r] = u * next_by_emf_[r];
        typename solver_type::small_solution solved;
        const bool is_small = solver_.solve_small(coordinates, solved);
        if (!is_small && !(detour_.accepts_table() && solver_.tabulated(coordinates, large_)) && !solve_large(u, coordinates)) [[unlikely]]
            return go_on(u);

        if (grids_) look_ahead<inputs>(next);
        else look_ahead<1 + size.triodes>(next);
        double y = coming_output_ + output_[0] * u, next_output = output_of(next);
        w_[0] = u;
        if (is_small) [[likely]]
            grids_ = solver_.add(solved, next, w_ + 1);
        else {
            for (int j = 0; j < ports; ++j) w_[1 + j] = large_[j];
            grids_ = solver_.add_large(large_, next);
        }
        for (int r = 0; r < rows; ++r) coordinates_[r] = next[r];
        for (int j = 1; j < inputs; ++j) {
            y += output_[j] * w_[j];
            next_output += next_output_[j] * w_[j];
        }
        coming_output_ = next_output;
        return y;
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
        return math::complex{output_[0]} + w * (math::complex{next_output_[0]} + w * ahead);
    }

private:
    /// Solves a sample beyond small signals. Returns false where there is no solution, or none that is physical, and on a detour.
    [[gnu::noinline]] bool solve_large(double u, const row (&coordinates)[rows]) noexcept
    {
        detour_.pass();
        wasted_ = 0;
        if (detour_.is_taken()) return false;
        math::vector<double, ports> v;
        const bool solved = solver_.large(coordinates, limit_, large_, v);
        if (solved && detour_.accepts(u, v)) {
            spend(solver_.evaluations());
            return true;
        }
        if (!solved) detour_.miss();
        wasted_ = solver_.evaluations();
        detour_.begin([this](int n) { return place_[n].is_pair ? pair_.memory(place_[n].at) : real_.memory(place_[n].at); }, w_);
        for (row& r : coordinates_) r = row::all(std::numeric_limits<double>::quiet_NaN());   // no sample is small until it is over
        return false;
    }

    /// A sample of a detour.
    [[gnu::noinline]] double go_on(double u) noexcept
    {
        const double y = detour_(u, limit_);
        int evaluations = wasted_ + detour_.spent();
        if (detour_.is_over()) come_back(u), ++evaluations;
        spend(evaluations);
        return y;
    }
    /// Goes on from where a detour ends.
    void come_back(double u) noexcept
    {
        const auto set_memory = [this](int n, const mode_memory& m) {
            if (place_[n].is_pair) pair_.set_memory(place_[n].at, m);
            else real_.set_memory(place_[n].at, m);
        };
        detour_.end(set_memory, w_);
        solver_.start_from(detour_.port_voltages());
        row next[rows];
        for (int r = 0; r < rows; ++r) next[r] = u * next_by_emf_[r];
        real_.read(next), pair_.read(next);
        coming_output_ = output_of(next);
        for (int j = 1; j < inputs; ++j) coming_output_ += next_output_[j] * w_[j];
        grids_ = solver_.add_large(w_ + 1, next);
        for (int r = 0; r < rows; ++r) coordinates_[r] = next[r];
    }

    static double output_of(const row (&next)[rows]) noexcept { return next[ports / 4][ports % 4]; }

    template <int active>
    void look_ahead(row (&next)[rows]) noexcept
    {
        real_.template look_ahead<active>(w_, next), pair_.template look_ahead<active>(w_, next);
    }

    void spend(int evaluations) noexcept { most_evaluations_ = evaluations > most_evaluations_ ? evaluations : most_evaluations_; }

    row coordinates_[rows]{};                           ///< of the next sample's ports, without its own EMF ...
    double coming_output_ = 0.0;                        ///< ... and its output
    double w_[inputs]{};                                ///< EMF and currents of the previous sample
    bool grids_ = false;                                ///< whether grid currents are among these
    row emf_[rows]{}, next_by_emf_[rows]{};             ///< what the EMF contributes to the ports within a sample and in the next
    double output_[inputs]{}, next_output_[inputs]{};   ///< what EMF and currents contribute to the output
    mode_bank<row, design_type::most, inputs, rows> real_{};
    mode_bank<complex_lanes<2>, design_type::most / 2, inputs, rows> pair_{};
    solver_type solver_{};
    mode_place place_[design_type::most > 0 ? design_type::most : 1]{};
    detour<size> detour_{};
    double large_[ports]{};   ///< the currents of a sample beyond small signals
    int limit_ = 0, most_evaluations_ = 0;
    int wasted_ = 0;   ///< evaluations in an attempt that a detour followed
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
