// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/coming_sample.hpp>
#include <phono/large_signal/detour.hpp>
#include <phono/large_signal/kernel_design.hpp>
#include <phono/large_signal/latest_inputs.hpp>
#include <phono/large_signal/step/mode_bank.hpp>
#include <phono/math/by_turns.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The linear half of a tube kernel, of one channel or by turns of two: the circuit's modes, and what EMF and residual currents contribute
/// within a sample and to the next ones. The other half finds the currents.
///
/// Inputs: the EMF, the plate currents, the grid currents. Outputs: the solver's coordinates, then the circuit's output.
/// (eq. 16 to 18a of large_signal/README.md)
template <netlist_size size, int channels>
class linear_half {
    using design_type = kernel_design<size>;
    using turns = math::by_turns<channels>;
    static constexpr int ports = design_type::ports, inputs = design_type::inputs, outputs = design_type::outputs;
    static constexpr int most = design_type::most, plates_only = 1 + size.triodes;

public:
    using row = math::lanes<4 * channels>;
    using number = typename turns::number;   ///< one of each channel
    using input = typename turns::input;     ///< the same, as it is multiplied by rows

private:
    using real_bank = mode_bank<mode_kind::real, most, inputs, outputs, channels>;
    using pair_bank = mode_bank<mode_kind::pair, most / 2, inputs, outputs, channels>;
    static constexpr bool is_output_apart = real_bank::is_last_apart;

public:
    static constexpr int rows = real_bank::rows;

    using coordinates = port_coordinates<channels, rows>;
    using sample = coming_sample<channels, rows>;

    /// Takes a design, and tells its solver what unit currents contribute to the next sample.
    void set(const design_type& design, auto& solver) noexcept
    {
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
        solver.set_next(next + 1);
        for (int o = 0; o < ports; ++o) set(emf_, o, design.emf[o]);
        for (int o = 0; o < 4 * rows; ++o) set(next_by_emf_, o, next[0][o / 4][o % 4]);
        for (int j = 0; j < inputs; ++j) {
            set(outputs_[j], 0, design.output[j]);
            // An output that is among the rows has the others there, but for what the currents contribute to the next sample.
            if (is_output_apart || j > 0) set(outputs_[j], 1, design.next[ports][j]);
            if (is_output_apart) set(outputs_[j], 2, design.later[ports][j]);
        }
    }

    void reset() noexcept
    {
        real_.reset(), pair_.reset();
        latest_.reset();
        grids_ = false;
    }

    void settle() noexcept { real_.settle(), pair_.settle(); }

    /// A sample's coordinates without its own currents, and as much of the next one's as the EMF makes.
    [[gnu::always_inline]] void meet(const input& emf, const sample& coming, coordinates& here, coordinates& ahead) const noexcept
    {
        for (int r = 0; r < rows; ++r) {
            here.at[r] = fmadd(emf, emf_[r], coming.ahead.at[r]) + coming.currents.at[r];
            ahead.at[r] = fmadd(emf, next_by_emf_[r], coming.later.at[r]);
        }
    }

    /// Goes on to the next sample; returns the output of this one. `add` stores the currents and what they contribute to the coordinates of
    /// the next sample, and returns whether grids may conduct.
    [[gnu::always_inline]] number advance(const input& emf, coordinates& ahead, sample& coming, const auto& add) noexcept
    {
        const number by_modes = coming.output;
        coming.output = grids_ ? look_ahead<inputs>(ahead) : look_ahead<plates_only>(ahead);
        for (int r = 0; r < rows; ++r) coming.ahead.at[r] = ahead.at[r];   // row by row, as they were stored: a wider load would wait
        all_inputs w;
        w[0] = emf;
        grids_ = add(coming.currents.at, w + 1);
        latest_.push(w);
        add_later(w, coming.later);
        add_to_outputs(w, grids_, coming.outputs);
        const number past_modes = turns::first(coming.outputs);
        coming.outputs = turns::after_first(coming.outputs);
        return by_modes + past_modes;
    }

    /// A channel at the latest sample, as its detour has it or begins from it.
    [[nodiscard]] circuit_state<size> state(const detour<size>& way, int channel) const noexcept
    {
        double w[inputs];
        latest_.read(0, channel, w);
        return way.state(memories(way, channel), w);
    }
    void leave(detour<size>& way, int channel) const noexcept
    {
        double w[inputs];
        latest_.read(0, channel, w);
        way.begin(memories(way, channel), w);
    }
    /// Goes on from where a channel's detour ends: what is known of its next sample. `add` stores what the channel's latest currents, plates
    /// and then grids, contribute to the coordinates.
    void come_back(detour<size>& way, int channel, double u, sample& coming, const auto& add) noexcept
    {
        double w[inputs], w_1[inputs];
        way.end(
            [&](int n, const mode_memory& m) {
                const early_memory early = way.step(n).early(m);
                if (place_[n].is_pair) pair_.set_memory(place_[n].at, early, channel);
                else real_.set_memory(place_[n].at, early, channel);
            },
            w, w_1);
        real_.clear_unused(channel), pair_.clear_unused(channel);
        latest_.write(0, channel, w), latest_.write(1, channel, w_1), latest_.write(2, channel, {});
        grids_ = true;
        sample next{};
        for (int r = 0; r < rows; ++r) {
            next.ahead.at[r] = u * next_by_emf_[r];
            for (int j = 0; j < inputs; ++j) next.ahead.at[r] = fmadd(w_1[j], later_[j][r], next.ahead.at[r]);
        }
        row apart{};
        real_.read(next.ahead.at, apart), pair_.read(next.ahead.at, apart);
        next.output = output_of(next.ahead, apart);
        for (const int samples : {1, 0}) {
            add_to_outputs(latest_.before(samples), true, next.outputs);
            next.outputs = turns::after_first(next.outputs);
        }
        add(w + 1, next.currents.at);
        add_later(latest_.latest(), next.later);
        coming.copy_channel(next, channel);
    }

    /// The small-signal response of each channel: the tubes' residual currents, which have no slope at the operating point, contribute
    /// nothing.
    [[nodiscard]] math::complex response(double angle) const noexcept
    {
        const math::complex w{math::cos(angle), -math::sin(angle)};
        const math::complex ahead = real_.response(w, ports) + pair_.response(w, ports);
        const auto at = [](const row& of, int place) { return math::complex{of[place * channels]}; };
        const auto past_modes = [&](int later, const row(&in_rows)[rows]) {
            if constexpr (is_output_apart) return at(outputs_[0], later);
            else return at(in_rows[ports / 4], ports % 4);
        };
        return at(outputs_[0], 0) + w * (past_modes(1, next_by_emf_) + w * (past_modes(2, later_[0]) + ahead));
    }

private:
    using all_inputs = typename latest_inputs<inputs, channels>::all;

    /// The memory of each mode of the design in a channel, as a detour takes it.
    [[nodiscard]] auto memories(const detour<size>& way, int channel) const noexcept
    {
        return [this, &way, channel](int n) {
            const early_memory m = place_[n].is_pair ? pair_.memory(place_[n].at, channel) : real_.memory(place_[n].at, channel);
            double last[inputs], before_last[inputs];
            latest_.read(1, channel, last), latest_.read(2, channel, before_last);
            return way.step(n).memory(m, way.drive(n, last), way.drive(n, before_last));
        };
    }

    template <int active>
    [[gnu::always_inline]] number look_ahead(coordinates& next) noexcept
    {
        row apart{};
        real_.template look_ahead<active>(latest_.latest(), next.at, apart);
        pair_.template look_ahead<active>(latest_.latest(), next.at, apart);
        return output_of(next, apart);
    }
    /// The output as the modes make it: apart, or in a row of coordinates.
    [[gnu::always_inline]] static number output_of(const coordinates& ahead, const row& apart) noexcept
    {
        if constexpr (is_output_apart) return turns::sum_of_each(apart.first_half() + apart.second_half());
        else return turns::template everywhere<1, ports % 4>(ahead.at[ports / 4]);
    }

    /// What inputs contribute to the coordinates of the sample after the next ...
    [[gnu::always_inline]] void add_later(const all_inputs& w, coordinates& later) const noexcept
    {
        for (int r = 0; r < rows; ++r) {
            later.at[r] = w[0] * later_[0][r];
            for (int j = 1; j < plates_only; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
            if (grids_)
                for (int j = plates_only; j < inputs; ++j) later.at[r] = fmadd(w[j], later_[j][r], later.at[r]);
        }
    }
    /// ... and, past the modes, to the outputs from their own sample on, which is added.
    [[gnu::always_inline]] void add_to_outputs(const all_inputs& w, bool has_grids, row& y) const noexcept
    {
        for (int j = 0; j < plates_only; ++j) y = fmadd(w[j], outputs_[j], y);
        if (has_grids)
            for (int j = plates_only; j < inputs; ++j) y = fmadd(w[j], outputs_[j], y);
    }

    /// The same in all channels.
    static void set(row (&of)[rows], int place, double x) noexcept { set(of[place / 4], place % 4, x); }
    static void set(row& of, int place, double x) noexcept
    {
        for (int c = 0; c < channels; ++c) of.set(place * channels + c, x);
    }

    row emf_[rows]{}, next_by_emf_[rows]{};   ///< what the EMF contributes to the ports within a sample and in the next
    row later_[inputs][rows]{};               ///< what EMF and currents contribute to the ports in the sample after that
    row outputs_[inputs]{};                   ///< and to the output past the modes: within a sample, in the next and in the one after that
    real_bank real_{};
    pair_bank pair_{};
    [[no_unique_address]] latest_inputs<inputs, channels> latest_{};   ///< whose last bytes are for what follows
    mode_place place_[most > 0 ? most : 1]{};
    bool grids_ = false;   ///< whether grid currents are among the latest inputs
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
