// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_detours.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/linear_half.hpp>

#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A tube kernel of one channel, its modes side by side in vector registers.
template <netlist_size size>
class one_channel {
    using design_type = kernel_design<size>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs;
    using linear = linear_half<size, 1>;
    using coordinates = typename linear::coordinates;
    using sample = typename linear::sample;
    using row = math::lanes<4>;
    using solver_type = typename design_type::solver;

public:
    void set(const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        const design_type design{held, found, period, solver_};
        linear_.set(design, solver_);
        detours_.set(design, held, found, period);
        reset();
    }

    void reset() noexcept
    {
        linear_.reset(), solver_.reset(), detours_.reset();
        coming_ = {};
    }

    void settle() noexcept { linear_.settle(); }

    double operator()(double u) noexcept { return step(u, coming_); }

    /// A block in place.
    void process(std::span<double> block) noexcept
    {
        sample coming = coming_;   // a copy, which stays in registers
        for (double& x : block) x = step(x, coming);
        coming_ = coming;
    }

    /// The circuit at the latest sample.
    [[nodiscard]] circuit_state<size> state(int = 0) const noexcept { return linear_.state(detours_[0], 0); }
    /// Goes on from a state, by a detour: the drives ahead of it need not be known.
    void start_from(const circuit_state<size>& from, int = 0) noexcept
    {
        coming_.forget(0);
        detours_.start_from(from, 0);
    }

    void set_limit(int evaluations) noexcept { detours_.set_limit(evaluations); }
    [[nodiscard]] double most_output(double emf) const noexcept { return detours_.most_output(emf); }
    [[nodiscard]] long unsolved() const noexcept { return detours_.unsolved(); }
    [[nodiscard]] int most_evaluations() const noexcept { return detours_.most_evaluations(); }
    [[nodiscard]] math::complex response(double angle) const noexcept { return linear_.response(angle); }

private:
    [[gnu::always_inline]] double step(double u, sample& coming) noexcept
    {
        coordinates here, ahead;
        linear_.meet(u, coming, here, ahead);
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
        return linear_.advance(u, ahead, coming, [&](row(&next)[linear::rows], double* currents) {
            if (is_small) [[likely]]
                return solver_.add(solved, next, currents);
            for (int j = 0; j < ports; ++j) currents[j] = alone_in_any(large_[j]);   // not together: they were stored otherwise
            return solver_.add_large(large_, next);
        });
    }

    /// Solves a sample beyond small signals, by the table where there is one.
    [[gnu::noinline]] bool solve_beyond(double u, const coordinates& here) noexcept
    {
        return (detours_[0].accepts_table() && solver_.tabulated(here.at, large_)) || solve_large(u, here.at);
    }

    /// Solves a sample beyond small signals. Returns false where there is no solution, or none that is physical, and on a detour.
    bool solve_large(double u, const row (&here)[linear::rows]) noexcept
    {
        detours_[0].pass();
        if (detours_[0].is_taken()) return false;
        port_rows<size.triodes> v;
        const bool is_solved = solver_.large(here, detours_.limit(), large_, v);
        return detours_.accepts(0, is_solved, solver_.evaluations(), u, v, [this](detour<size>& way) { linear_.leave(way, 0); });
    }

    /// A sample of a detour: its output, and the sample after it. No sample is small until the detour is over.
    struct passed_by {
        double output = 0.0;
        sample coming{};
    };
    [[gnu::noinline]] void go_on(double u, passed_by& way) noexcept
    {
        way.coming.hold_off(0);
        way.output = detours_.go_on(0, u, [&](detour<size>& over) {
            solver_.start_from(over.port_voltages());
            linear_.come_back(over, 0, u, way.coming,
                              [this](const double* currents, row(&next)[linear::rows]) { solver_.add_large(currents, next); });
        });
    }

    sample coming_{};
    linear linear_{};
    solver_type solver_{};
    channel_detours<size, 1> detours_{};
    double large_[ports]{};   ///< the currents of a sample beyond small signals
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
