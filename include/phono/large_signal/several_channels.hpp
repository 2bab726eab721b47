// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/channel_cells.hpp>
#include <phono/large_signal/channel_currents.hpp>
#include <phono/large_signal/channel_detours.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/pair_channel_modes.hpp>
#include <phono/large_signal/real_channel_modes.hpp>
#include <phono/large_signal/step/mode_memory.hpp>
#include <phono/math/lanes.hpp>

#include <cstddef>
#include <span>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A tube kernel of several channels in lockstep, side by side in vector registers; one triode.
///
/// Within the small-signal square of the tube's table there is no branch; a channel beyond it is solved on its own.
/// (eq. 18 and 24 of large_signal/README.md)
template <netlist_size size, int count>
class several_channels {
    static_assert(size.triodes == 1, "phono: channels in step are for circuits with one triode; take a tube_kernel for each channel");
    using design_type = kernel_design<size>;
    using row = math::lanes<count>;
    static constexpr int outputs = design_type::outputs, inputs = design_type::inputs, most = design_type::most;

public:
    void set(const circuit<size>& held, const port_modes<size>& found, double period) noexcept
    {
        const design_type design{held, found, period, solver_};
        real_.clear(), pairs_.clear();
        for (int n = 0; n < design.count; ++n) {
            const auto& from = design.modes[n];
            place_[n] = {from.is_pair, from.is_pair ? pairs_.modes() : real_.modes()};
            if (from.is_pair) pairs_.push(from);
            else real_.push(from);
        }
        math::lanes<4> next[inputs][1]{};
        for (int o = 0; o < outputs; ++o) {
            for (int j = 0; j < inputs; ++j) {
                next_[o][j] = design.next[o][j];
                next[j][0].set(o, design.next[o][j]);
            }
            gains_.next_by_currents[o].set(design.next[o][1], design.next[o][2]);
            for (int c = 0; c < count; ++c) {
                currents::set_once(gains_.next_by_emf[o], c, design.next[o][0]);
                currents::set_once(gains_.by_emf[o], c, o < outputs - 1 ? design.emf[o] : design.output[0]);
            }
        }
        solver_.set_next(next + 1);
        gains_.output_by_currents.set(design.output[1], design.output[2]);
        detours_.set(design, held, found, period);
        const auto& table = solver_.table();
        square_ = table.limit() > 0.0 ? table.limit() * table.limit() : -1.0;
        small_.take(table);
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pairs_.reset();
        w_[0] = w_[1] = {};
        coming_ = {};
        solver_.reset(), cells_.reset(), detours_.reset();
    }

    void settle() noexcept { real_.settle(), pairs_.settle(); }

    /// A sample of each channel, in place.
    void operator()(std::span<double, count> samples) noexcept
    {
        row u;
        for (int c = 0; c < count; ++c) u.set(c, samples[static_cast<std::size_t>(c)]);
        between_samples last = latest();
        const direct_gains gains = gains_;
        const row y = step(u, last, gains);
        coming_ = last.coming;
        for (int c = 0; c < count; ++c) samples[static_cast<std::size_t>(c)] = y[c];
    }

    /// A block in place, of all channels or the first ones; the others are silent.
    template <int used>
    void process(const channel_block<used>& block) noexcept
    {
        between_samples last = latest();   // copies, which stay in registers: no output is stored to them
        const direct_gains gains = gains_;
        const channel_block<used> samples = block;
        for (std::size_t n = 0; n < samples.count; ++n) {
            row u{};
            for (int c = 0; c < used; ++c) u.set(c, samples.of[c][n]);
            const row y = step(u, last, gains);
            for (int c = 0; c < used; ++c) samples.of[c][n] = y[c];
        }
        coming_ = last.coming;
    }

    /// A channel at the latest sample.
    [[nodiscard]] circuit_state<size> state(int c) const noexcept
    {
        double latest[inputs];
        w_[now_].read(c, latest);
        return detours_[c].state(memories(c), latest);
    }
    /// Goes on with a channel from a state, by a detour: the drives ahead of it need not be known.
    void start_from(const circuit_state<size>& from, int c) noexcept { detours_.start_from(from, c); }

    void set_limit(int evaluations) noexcept { detours_.set_limit(evaluations); }
    [[nodiscard]] double most_output(double emf) const noexcept { return detours_.most_output(emf); }
    [[nodiscard]] long unsolved() const noexcept { return detours_.unsolved(); }
    [[nodiscard]] int most_evaluations() const noexcept { return detours_.most_evaluations(); }

    /// The small-signal response of each channel.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        const math::complex ahead = real_.response(w) + pairs_.response(w);
        return math::complex{gains_.by_emf[2][0]} + w * (math::complex{next_[2][0]} + w * ahead);
    }

private:
    using currents = channel_currents<count>;
    using wide = typename currents::wide;
    using sums = typename currents::sums;

    /// What EMF and currents contribute to coordinates and output within a sample and in the next, without the modes; as in kernel_design.
    struct direct_gains {
        wide by_emf[outputs]{}, next_by_emf[outputs]{};
        typename currents::weights next_by_currents[outputs]{}, output_by_currents{};
    };

    /// A sample's inputs, which drive the modes: EMF, plate and grid current.
    struct inputs_of_sample {
        using of_channel = double[inputs];
        row emf{};
        currents of_triode{};

        void read(int c, of_channel& w) const noexcept { w[0] = emf[c], w[1] = of_triode.plate_of(c), w[2] = of_triode.grid_of(c); }
        void write(int c, const of_channel& w) noexcept { emf.set(c, w[0]), of_triode.set(c, w[1], w[2]); }
    };

    /// What one sample leaves to the next: its inputs, which drive the modes, and what is known of coordinates and output without them.
    struct between_samples {
        wide emf;
        currents of_triode;
        sums coming;
        int now;
    };
    [[nodiscard]] between_samples latest() const noexcept
    {
        return {currents::everywhere(w_[now_].emf), w_[now_].of_triode, coming_, now_};
    }

    /// A sample, from the EMFs and what the last one left. The latest currents come last: what the next ones wait for is a multiply-add and
    /// the polynomials.
    [[gnu::always_inline]] row step(const row& u, between_samples& last, const direct_gains& gains) noexcept
    {
        const wide emf = currents::everywhere(u);
        const auto at_hand = [&](int o, const wide& coming) {
            return last.of_triode.added(gains.next_by_currents[o], fmadd(gains.by_emf[o], emf, coming));
        };
        const wide x = currents::whole(at_hand(0, last.coming.x)), y = currents::whole(at_hand(1, last.coming.y));
        const wide output = at_hand(2, last.coming.output);
        currents of_triode;
        if ((places_at_most(x * x, square_) & places_at_most(y * y, square_)) == wide::everywhere) [[likely]]
            of_triode = small_(x, y);
        else {
            // Only copies leave for memory: what small signals need stays in registers.
            const row at[] = {u, currents::once(x), currents::once(y)};
            of_triode = beyond_square(at);
        }
        const int now = 1 - last.now;
        sums next{gains.next_by_emf[0] * emf, gains.next_by_emf[1] * emf, gains.next_by_emf[2] * emf};
        const wide plate = last.of_triode.plate(), grid = last.of_triode.grid();
        real_.look_ahead(last.emf, plate, grid, now, next);
        pairs_.look_ahead(last.emf, plate, grid, now, next);
        now_ = now, w_[now] = {u, of_triode};
        last = {emf, of_triode, next, now};
        row out = currents::once(currents::whole(of_triode.added(gains.output_by_currents, output)));
        if (detours_.has_any()) [[unlikely]] {
            const row emfs = u;
            row held = out;
            coming_ = next;
            go_on(emfs, held);
            out = held, last = latest();
        }
        return out;
    }

    /// The currents where not all channels are within the square. At: the EMF and the two coordinates.
    [[nodiscard, gnu::noinline]] currents beyond_square(const row (&at)[3]) noexcept
    {
        const row &u = at[0], &x = at[1], &y = at[2];
        bool is_small[count], is_beyond[count], is_tabulated[count]{}, has_small = false;
        for (int c = 0; c < count; ++c) {
            const bool is_on_its_way = !detours_[c].is_taken();
            is_small[c] = is_on_its_way && solver_.table().is_small(x[c], y[c]);
            is_beyond[c] = is_on_its_way && !is_small[c];
            has_small = has_small || is_small[c];
        }
        // Each channel on its own from registers to registers: of what is stored by parts the whole is not there for long, nor are parts of
        // a whole.
        double found[count][2]{};
        if (detours_[0].accepts_table()) cells_(solver_.table(), x, y, is_beyond, found, is_tabulated);
        row fitted[2]{};
        if (has_small) {
            const currents of_all = small_(currents::everywhere(x), currents::everywhere(y));
            fitted[0] = currents::once(of_all.plate()), fitted[1] = currents::once(of_all.grid());
        }
#pragma GCC unroll 8
        for (int c = 0; c < count; ++c) {
            double own[] = {fitted[0][c], fitted[1][c]};
            if (is_beyond[c]) {
                detours_[c].pass();
                if (is_tabulated[c]) own[0] = found[c][0], own[1] = found[c][1];
                else large(c, u[c], x[c], y[c], own);
            } else if (!is_small[c]) own[0] = own[1] = 0.0;   // on a detour
            found[c][0] = own[0], found[c][1] = own[1];
        }
        return currents{found};
    }

    /// The currents of a channel beyond the square; begins a detour where they are not to be had.
    [[gnu::noinline]] void large(int c, double u, double x, double y, double (&found)[2]) noexcept
    {
        math::vector<double, 2> v;
        const bool is_solved = solver_.large(x, y, detours_.limit(), found, v);
        const auto leave = [this, c](detour<size>& way) {
            double latest[inputs];
            w_[now_].read(c, latest);
            way.begin(memories(c), latest);
        };
        if (!detours_.accepts(c, is_solved, solver_.evaluations(), u, v, leave)) found[0] = found[1] = 0.0;
    }

    /// The memory of each mode of the design in a channel.
    [[nodiscard]] auto memories(int c) const noexcept
    {
        return [this, c](int n) {
            double w[inputs];
            w_[1 - now_].read(c, w);
            const int at = place_[n].at;
            return place_[n].is_pair ? pairs_.memory(at, c, now_, w) : real_.memory(at, c, now_, w);
        };
    }

    /// A sample of the channels on a detour, whose lanes of the fast kernel count for nothing until it is over.
    void go_on(const row& u, row& y) noexcept
    {
        for (int c = 0; c < count; ++c) {
            if (!detours_[c].is_taken()) continue;
            y.set(c, detours_.go_on(c, u[c], [&](detour<size>& over) { come_back(over, c, u[c]); }));
        }
    }
    void come_back(detour<size>& over, int c, double u) noexcept
    {
        double latest[inputs], before[inputs];
        const auto set_memory = [this, c](int n, const mode_memory& to) {
            const int at = place_[n].at;
            if (place_[n].is_pair) pairs_.set_memory(at, c, now_, to);
            else real_.set_memory(at, c, now_, to);
        };
        over.end(set_memory, latest, before);
        real_.clear_unused(c);
        solver_.start_from(over.port_voltages());
        w_[now_].write(c, latest), w_[1 - now_].write(c, before);
        for (int o = 0; o < 3; ++o) {
            const double next = next_[o][0] * u + real_.reads(c, now_, o) + pairs_.reads(c, now_, o);
            currents::set_once(o == 0 ? coming_.x : o == 1 ? coming_.y : coming_.output, c, next);
        }
    }

    real_channel_modes<count, most> real_{};
    pair_channel_modes<count, most> pairs_{};
    inputs_of_sample w_[2]{};          ///< of the latest sample and the one before, in turns
    int now_ = 0;                      ///< the turn of the latest
    sums coming_{};                    ///< to the next sample, without its own EMF and the latest inputs
    double next_[outputs][inputs]{};   ///< as in kernel_design
    direct_gains gains_{};
    typename currents::polynomials small_{};
    channel_cells<count> cells_{};
    double square_ = -1.0;   ///< of the largest coordinate of small signals
    one_triode solver_{};
    mode_place place_[most > 0 ? most : 1]{};
    channel_detours<size, count> detours_{};
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
