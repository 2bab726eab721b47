// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_block.hpp>
#include <phono/large_signal/detour.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/solver/channel_set.hpp>
#include <phono/large_signal/solver/paired_triodes.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/math/by_turns.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <utility>

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
    static constexpr int ports = design_type::ports, inputs = design_type::inputs, outputs = design_type::outputs;
    static constexpr int most = design_type::most, plates_only = 1 + size.triodes;
    using turns = math::by_turns<2>;
    using number = typename turns::number;
    using row = typename turns::input;
    using real_bank = mode_bank<row, most, inputs, outputs, 2>;
    using pair_bank = mode_bank<complex_lanes<4>, most / 2, inputs, outputs, 2>;
    static constexpr int rows = real_bank::rows;
    static constexpr bool is_output_apart = real_bank::is_last_apart;
    using solver_type = paired_triodes<size.triodes>;
    using tubes = typename solver_type::small_solution;

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
        math::lanes<4> next[inputs][rows]{};
        for (int o = 0; o < (is_output_apart ? ports : outputs); ++o)
            for (int j = 0; j < inputs; ++j) next[j][o / 4].set(o % 4, design.next[o][j]), set(later_[j], o, design.later[o][j]);
        solver_.set_next(next + 1);
        for (int o = 0; o < ports; ++o) set(emf_, o, design.emf[o]);
        for (int o = 0; o < 4 * rows; ++o) set(next_by_emf_, o, next[0][o / 4][o % 4]);
        for (int j = 0; j < inputs; ++j)
            output_[j] = design.output[j], next_output_[j] = design.next[ports][j], later_output_[j] = design.later[ports][j];
        for (detour<size>& d : detour_) d.set(design, held, found, period);
        reset();
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        solver_.reset();
        for (detour<size>& d : detour_) d.reset();
        coming_ = {};
        for (auto& w : w_)
            for (row& of : w) of = {};
        grids_ = false;
        on_detour_ = 0;
        most_evaluations_ = 0;
    }

    void settle() noexcept { real_.settle(), pair_.settle(); }

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
    [[nodiscard]] circuit_state<size> state(int c) const noexcept
    {
        double latest[inputs];
        copy(w_[at_], c, latest);
        return detour_[c].state(memories(c), latest);
    }
    /// Goes on with a channel from a state, by a detour: the drives ahead of it need not be known.
    void start_from(const circuit_state<size>& from, int c) noexcept
    {
        if (!detour_[c].is_taken()) ++on_detour_;
        detour_[c].begin(from);
        coming_.output.set(c, 0.0);
        for (int r = 0; r < rows; ++r) set_channel(coming_.currents.at[r], c, 0.0), set_channel(coming_.later.at[r], c, 0.0);
        hold_off(coming_, c);
    }

    /// The most evaluations of the laws that one of the three attempts at a sample takes.
    void set_limit(int evaluations) noexcept { limit_ = evaluations; }
    /// The most that an output can be, with an EMF of at most so many volts of late.
    [[nodiscard]] double most_output(double emf) const noexcept { return detour_[0].most_output(emf); }
    [[nodiscard]] long unsolved() const noexcept { return detour_[0].unsolved() + detour_[1].unsolved(); }
    [[nodiscard]] int most_evaluations() const noexcept { return most_evaluations_; }

    /// The small-signal response of each channel.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        const math::complex ahead = real_.response(w, ports) + pair_.response(w, ports);
        return math::complex{output_[0]} + w * (math::complex{next_output_[0]} + w * (math::complex{later_output_[0]} + ahead));
    }

private:
    /// Coordinates of the ports in both channels.
    struct coordinates {
        row at[rows]{};
    };
    /// What is known of the next sample before its own EMF, as in one_channel.
    struct sample {
        coordinates ahead{}, currents{}, later{};
        number output{};
    };

    [[gnu::always_inline]] number step(const number& u, sample& coming) noexcept
    {
        const row emf = turns::template everywhere<4>(u);
        coordinates here, ahead;
        for (int r = 0; r < rows; ++r) {
            here.at[r] = fmadd(emf, emf_[r], coming.ahead.at[r]) + coming.currents.at[r];
            ahead.at[r] = fmadd(emf, next_by_emf_[r], coming.later.at[r]);
        }
        tubes solved;
        const channel_set at_ease = solver_.solve_small(here.at, solved);
        if (!at_ease.has_both()) [[unlikely]] {
            const coordinates copy = here;   // only copies leave for memory: those of small signals stay in registers
            beyond_.plates = solved;
            const number emfs = u;
            solve_beyond(emfs, copy, at_ease);
        }
        number y = fmadd(output_[0], u, coming.output);
        coming.output = grids_ ? look_ahead<inputs>(ahead) : look_ahead<plates_only>(ahead);
        coming.output = is_output_apart ? fmadd(next_output_[0], u, coming.output) : coming.output + output_of(ahead);
        for (int r = 0; r < rows; ++r) coming.ahead.at[r] = ahead.at[r];
        at_ = (at_ + 1) % kept;
        row(&w)[inputs] = w_[at_];
        w[0] = emf;
        grids_ = !at_ease.has_both();
        if (at_ease.has_both()) [[likely]]
            solver_.add(solved, coming.currents.at, w + 1);
        else {
            coordinates next;
            solver_.add(at_ease, beyond_.held, beyond_.plates, beyond_.grids, next.at, w + 1);
            for (int r = 0; r < rows; ++r) coming.currents.at[r] = next.at[r];
        }
        add_later(coming.later);
        const auto add_to_outputs = [&](int j) {
            const number i = turns::once(w[j]);
            y = fmadd(output_[j], i, y), coming.output = fmadd(next_output_[j], i, coming.output);
        };
        for (int j = 1; j < plates_only; ++j) add_to_outputs(j);
        if (grids_)
            for (int j = plates_only; j < inputs; ++j) add_to_outputs(j);
        if (on_detour_ > 0) [[unlikely]] {
            passed_by way{y, coming};
            go_on(u, way);
            y = way.output, coming = way.coming;
        }
        return y;
    }

    /// Solves the channels that are beyond small signals; those where there is no solution, or none that is physical, go on a detour.
    [[gnu::noinline]] void solve_beyond(const number& u, const coordinates& here, channel_set at_ease) noexcept
    {
        channel_set wanted;
        for (int c = 0; c < 2; ++c) {
            if (at_ease.has(c)) continue;
            detour_[c].pass();
            wasted_[c] = 0;
            if (!detour_[c].is_taken()) wanted.add(c);
        }
        beyond_.grids = {};
        math::vector<double, ports> v[2];
        const channel_set solved = wanted.has_any() ? solver_.large(here.at, wanted, limit_, beyond_.plates, beyond_.grids, v) : wanted;
        beyond_.held = channel_set::both().without(at_ease);
        for (int c = 0; c < 2; ++c)
            if (wanted.has(c)) {
                if (solved.has(c) && detour_[c].accepts(u[c], v[c])) beyond_.held.remove(c), spend(solver_.evaluations(c));
                else leave(c, solved.has(c));
            }
        if (beyond_.held.has_any())
            for (int c = 0; c < 2; ++c)
                for (int n = c; beyond_.held.has(c) && n < 8; n += 2) beyond_.plates.set(n, 0.0), beyond_.grids.set(n, 0.0);
    }
    /// Leaves for a detour.
    void leave(int c, bool is_solved) noexcept
    {
        if (!is_solved) detour_[c].miss();
        wasted_[c] = solver_.evaluations(c);
        double latest[inputs];
        copy(w_[at_], c, latest);
        detour_[c].begin(memories(c), latest);
        ++on_detour_;
    }

    /// A sample of the channels on a detour: the output, and the sample after it, which is not small until the detour is over.
    struct passed_by {
        number output{};
        sample coming{};
    };
    [[gnu::noinline]] void go_on(const number& u, passed_by& way) noexcept
    {
        for (int c = 0; c < 2; ++c) {
            if (!detour_[c].is_taken()) continue;
            way.output.set(c, detour_[c](u[c], limit_));
            int evaluations = wasted_[c] + detour_[c].spent();
            hold_off(way.coming, c);
            if (detour_[c].is_over()) come_back(c, u[c], way.coming), ++evaluations;
            spend(evaluations);
        }
    }
    static void hold_off(sample& coming, int c) noexcept
    {
        for (row& r : coming.ahead.at) set_channel(r, c, std::numeric_limits<double>::quiet_NaN());
    }
    /// The memory of each mode of the design in a channel.
    [[nodiscard]] auto memories(int c) const noexcept
    {
        return [this, c](int n) {
            const early_memory m = place_[n].is_pair ? pair_.memory(place_[n].at, c) : real_.memory(place_[n].at, c);
            double last[inputs], before_last[inputs];
            copy(before(1), c, last), copy(before(2), c, before_last);
            return detour_[c].step(n).memory(m, detour_[c].drive(n, last), detour_[c].drive(n, before_last));
        };
    }
    /// Goes on from where a channel's detour ends.
    void come_back(int c, double u, sample& next) noexcept
    {
        const auto set_memory = [this, c](int n, const mode_memory& m) {
            const early_memory early = detour_[c].step(n).early(m);
            if (place_[n].is_pair) pair_.set_memory(place_[n].at, early, c);
            else real_.set_memory(place_[n].at, early, c);
        };
        double w[inputs], w_1[inputs];
        detour_[c].end(set_memory, w, w_1);
        --on_detour_;
        for (int j = 0; j < inputs; ++j) {
            set_channel(w_[at_][j], c, w[j]), set_channel(w_[(at_ + kept - 1) % kept][j], c, w_1[j]);
            set_channel(w_[(at_ + kept - 2) % kept][j], c, 0.0);
        }
        solver_.start_from(detour_[c].port_voltages(), c);
        sample now{};
        number output{};
        for (int r = 0; r < rows; ++r) {
            now.ahead.at[r] = u * next_by_emf_[r];
            for (int j = 0; j < inputs; ++j) now.ahead.at[r] = fmadd(w_1[j], later_[j][r], now.ahead.at[r]);
        }
        output = real_.read(now.ahead.at);
        output = output + pair_.read(now.ahead.at) + later_output<inputs>(before(1));
        output = is_output_apart ? fmadd(next_output_[0], number::all(u), output) : output + output_of(now.ahead);
        for (int j = 1; j < inputs; ++j) output = fmadd(next_output_[j], number::all(w[j]), output);
        tubes plates{}, grids{};
        for (int t = 0; t < size.triodes; ++t) plates.set(2 * t + c, w[1 + t]), grids.set(2 * t + c, w[1 + size.triodes + t]);
        channel_set others = channel_set::both();
        others.remove(c);
        row currents[ports];
        solver_.add({}, others, plates, grids, now.currents.at, currents);
        grids_ = true;
        add_later(now.later);
        next.output.set(c, output[c]);
        for (int r = 0; r < rows; ++r)
            for (int n = c; n < 8; n += 2) {
                next.ahead.at[r].set(n, now.ahead.at[r][n]);
                next.currents.at[r].set(n, now.currents.at[r][n]);
                next.later.at[r].set(n, now.later.at[r][n]);
            }
    }

    static number output_of(const coordinates& next) noexcept
    {
        if constexpr (is_output_apart) return {};
        else {
            number output;
            for (int c = 0; c < 2; ++c) output.set(c, next.at[ports / 4][2 * (ports % 4) + c]);
            return output;
        }
    }

    template <int active>
    number look_ahead(coordinates& next) noexcept
    {
        const number of_real = real_.template look_ahead<active>(latest(), next.at);   // first, as their sums are rounded in one_channel
        return of_real + pair_.template look_ahead<active>(latest(), next.at) + later_output<active>(latest());
    }

    /// What the latest inputs contribute to the sample after the next ...
    void add_later(coordinates& later) const noexcept
    {
        const row(&w)[inputs] = latest();
        for (int r = 0; r < rows; ++r) {
            later.at[r] = w[0] * later_[0][r];
            for (int j = 1; j < plates_only; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
            if (grids_)
                for (int j = plates_only; j < inputs; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
        }
    }
    /// ... and to an output there that is apart.
    template <int active>
    [[nodiscard]] number later_output(const row (&w)[inputs]) const noexcept
    {
        number sum{};
        if constexpr (is_output_apart)
            for (int j = 0; j < active; ++j) sum = fmadd(later_output_[j], turns::once(w[j]), sum);
        return sum;
    }

    /// The same in both channels.
    static void set(row (&of)[rows], int place, double x) noexcept
    {
        for (int c = 0; c < 2; ++c) of[place / 4].set(place % 4 * 2 + c, x);
    }
    /// A number of a channel, in all of its places.
    static void set_channel(row& of, int channel, double x) noexcept
    {
        for (int n = channel; n < 8; n += 2) of.set(n, x);
    }
    using all_inputs = row[inputs];
    static void copy(const all_inputs& from, int c, double (&to)[inputs]) noexcept
    {
        for (int j = 0; j < inputs; ++j) to[j] = from[j][c];
    }
    [[nodiscard]] const all_inputs& before(int samples) const noexcept { return w_[(at_ + kept - samples) % kept]; }
    [[nodiscard]] const all_inputs& latest() const noexcept { return w_[at_]; }

    void spend(int evaluations) noexcept { most_evaluations_ = evaluations > most_evaluations_ ? evaluations : most_evaluations_; }

    sample coming_{};
    static constexpr int kept = 4;
    row w_[kept][inputs]{};                   ///< EMF and currents of the latest samples, in a ring
    int at_ = 0;                              ///< of the latest
    bool grids_ = false;                      ///< whether grid currents are among these
    row emf_[rows]{}, next_by_emf_[rows]{};   ///< as in one_channel, the same in both channels
    row later_[inputs][rows]{};
    double output_[inputs]{}, next_output_[inputs]{}, later_output_[inputs]{};
    real_bank real_{};
    pair_bank pair_{};
    solver_type solver_{};
    mode_place place_[most > 0 ? most : 1]{};
    detour<size> detour_[2]{};
    int on_detour_ = 0;   ///< channels
    /// The currents of a sample that is not small in every channel, and the channels that are on a detour.
    struct {
        tubes plates{}, grids{};
        channel_set held{};
    } beyond_{};
    int limit_ = 0, most_evaluations_ = 0;
    int wasted_[2]{};   ///< evaluations in an attempt that a detour followed
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
