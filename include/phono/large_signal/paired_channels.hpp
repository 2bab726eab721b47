// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/channel_detours.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/linear_half.hpp>
#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/paired_triodes.hpp>
#include <phono/math/by_turns.hpp>

#include <cstddef>
#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A tube kernel of two channels of a circuit with several triodes, sample by sample at once, by turns in vector registers: as one_channel
/// for each, with the same results.
///
/// A channel beyond small signals is solved on its own; one on a detour goes its own way, and its places count for nothing until that is
/// over.
template <netlist_size size>
class paired_channels {
    using design_type = kernel_design<size>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs;
    using turns = math::by_turns<2>;
    using linear = linear_half<size, 2>;
    using coordinates = typename linear::coordinates;
    using sample = typename linear::sample;
    using number = typename linear::number;
    using row = typename linear::row;
    using solver_type = paired_triodes<size.triodes>;
    using tubes = typename solver_type::small_solution;

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

    /// A sample of each channel, in place.
    void operator()(std::span<double, 2> samples) noexcept
    {
        number u;
        for (int c = 0; c < 2; ++c) u.set(c, samples[static_cast<std::size_t>(c)]);
        const number y = step(u, coming_);
        for (int c = 0; c < 2; ++c) samples[static_cast<std::size_t>(c)] = y[c];
    }

    /// A block in place, of both channels or the first one; the other is then silent.
    template <int used>
    void process(const channel_block<used>& block) noexcept
    {
        sample coming = coming_;   // a copy, which stays in registers
        for (std::size_t n = 0; n < block.count; ++n) {
            number u{};
            for (int c = 0; c < used; ++c) u.set(c, block.of[c][n]);
            const number y = step(u, coming);
            for (int c = 0; c < used; ++c) block.of[c][n] = y[c];
        }
        coming_ = coming;
    }

    /// A channel at the latest sample.
    [[nodiscard]] circuit_state<size> state(int c) const noexcept { return linear_.state(detours_[c], c); }
    /// Goes on with a channel from a state, by a detour: the drives ahead of it need not be known.
    void start_from(const circuit_state<size>& from, int c) noexcept
    {
        coming_.forget(c);
        detours_.start_from(from, c);
    }

    void set_limit(int evaluations) noexcept { detours_.set_limit(evaluations); }
    [[nodiscard]] double most_output(double emf) const noexcept { return detours_.most_output(emf); }
    [[nodiscard]] long unsolved() const noexcept { return detours_.unsolved(); }
    [[nodiscard]] int most_evaluations() const noexcept { return detours_.most_evaluations(); }
    [[nodiscard]] math::complex response(double angle) const noexcept { return linear_.response(angle); }

private:
    [[gnu::always_inline]] number step(const number& u, sample& coming) noexcept
    {
        const row emf = turns::template everywhere<4>(u);
        coordinates here, ahead;
        linear_.meet(emf, coming, here, ahead);
        tubes solved;
        const channel_set within_fit = solver_.solve_small(here.at, solved);
        if (!within_fit.has_both()) [[unlikely]] {
            const coordinates copy = here;   // only copies leave for memory: those of small signals stay in registers
            beyond_.plates = solved;
            const number emfs = u;
            solve_beyond(emfs, copy, within_fit);
        }
        number y = linear_.advance(emf, ahead, coming, [&](row(&next)[linear::rows], row* currents) {
            if (within_fit.has_both()) [[likely]]
                solver_.add(solved, next, currents);
            else {
                coordinates found;
                solver_.add(within_fit, beyond_.held, beyond_.plates, beyond_.grids, found.at, currents);
                for (int r = 0; r < linear::rows; ++r) next[r] = found.at[r];
            }
            return !within_fit.has_both();
        });
        if (detours_.has_any()) [[unlikely]] {
            passed_by way{y, coming};
            go_on(u, way);
            y = way.output, coming = way.coming;
        }
        return y;
    }

    /// Solves the channels that are beyond small signals; those where there is no solution, or none that is physical, go on a detour.
    [[gnu::noinline]] void solve_beyond(const number& u, const coordinates& here, channel_set within_fit) noexcept
    {
        channel_set wanted;
        for (int c = 0; c < 2; ++c) {
            if (within_fit.has(c)) continue;
            detours_[c].pass();
            if (!detours_[c].is_taken()) wanted.add(c);
        }
        beyond_.grids = {};
        port_rows<size.triodes> v[2];
        channel_set solved = wanted;
        if (wanted.has_any()) solved = solver_.large(here.at, wanted, detours_.limit(), beyond_.plates, beyond_.grids, v);
        beyond_.held = channel_set::both().without(within_fit);
        for (int c = 0; c < 2; ++c) {
            const auto leave = [this, c](detour<size>& way) { linear_.leave(way, c); };
            if (wanted.has(c) && detours_.accepts(c, solved.has(c), solver_.evaluations(c), u[c], v[c], leave)) beyond_.held.remove(c);
        }
        for (int c = 0; c < 2; ++c)
            if (beyond_.held.has(c)) turns::set_channel(beyond_.plates, c, 0.0), turns::set_channel(beyond_.grids, c, 0.0);
    }

    /// A sample of the channels on a detour: the output, and the sample after it, which is not small until the detour is over.
    struct passed_by {
        number output{};
        sample coming{};
    };
    [[gnu::noinline]] void go_on(const number& u, passed_by& way) noexcept
    {
        for (int c = 0; c < 2; ++c) {
            if (!detours_[c].is_taken()) continue;
            way.coming.hold_off(c);
            const auto come_back = [&](detour<size>& over) {
                solver_.start_from(over.port_voltages(), c);
                linear_.come_back(over, c, u[c], way.coming,
                                  [&](const double* currents, row(&next)[linear::rows]) { solver_.add_large(c, currents, next); });
            };
            way.output.set(c, detours_.go_on(c, u[c], come_back));
        }
    }

    sample coming_{};
    linear linear_{};
    solver_type solver_{};
    channel_detours<size, 2> detours_{};
    /// The currents of a sample that is not small in every channel, and the channels that are on a detour.
    struct {
        tubes plates{}, grids{};
        channel_set held{};
    } beyond_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
