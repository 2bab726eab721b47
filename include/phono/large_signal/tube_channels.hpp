// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/tube_kernel.hpp>

#include <span>

namespace phono {

/// The circuit of a tube_kernel with one triode for several channels in step, side by side in vector instructions. The same samples to
/// rounding.
///
/// A building block: one kernel, at the rate of its samples. It does no oversampling, corrects no response and leaves out the circuit's
/// curves; a tube_preamp for each channel does all that. Set it away from the audio thread:
///
///     const circuit held{schematic};
///     const auto found = find_port_modes(held);   // phono/large_signal/modes/mode_finder.hpp
///     if (held.problem() || found.problem) ...    // nothing to play
///     const auto stereo = std::make_unique<tube_channels<decltype(held)::capacity, 2>>();
///     stereo->set(held, found, 1.0 / 96e3);
///     (*stereo)(samples);                         // a std::span<double, 2>: volts of EMF in, of signal out
///
/// Within the small-signal square of the tube's map nothing branches; a channel beyond it is solved on its own.
template <netlist_size size, int count>
class tube_channels {
    static_assert(size.triodes == 1, "phono: channels in step are for circuits with one triode; take a tube_kernel for each channel");
    using row = math::lanes<count>;
    using design_type = tube_kernel<size>;

public:
    /// Takes a circuit for a sampling period and forgets what was played.
    void set(const circuit<size>& held, const detail::port_modes<size>& found, double period) noexcept
    {
        design_.set(held, found, period);
        reals_ = design_.real_.count(), pairs_ = design_.pair_.count();
        for (int n = 0; n < reals_; ++n) {
            const auto mode = design_.real_.mode(n);
            real_[n] = real_mode{};
            real_[n].decay = mode.decay.re;
            for (int j = 0; j < 2; ++j) real_[n].weight[j] = mode.weight[j].re;
            for (int j = 0; j < 3; ++j) real_[n].drive[j] = mode.drive[j].re, real_[n].read[j] = mode.read[j].re;
        }
        for (int n = 0; n < pairs_; ++n) {
            const auto mode = design_.pair_.mode(n);
            pair_[n] = pair_mode{};
            pair_[n].decay = mode.decay;
            for (int j = 0; j < 2; ++j) pair_[n].weight[j] = mode.weight[j];
            for (int j = 0; j < 3; ++j) pair_[n].drive[j] = mode.drive[j], pair_[n].read[j] = mode.read[j];
        }
        for (int o = 0; o < 3; ++o) {
            within_[o][0] = o < 2 ? design_.emf_[0][o] : design_.output_[0];
            for (int j = 1; j < 3; ++j) within_[o][j] = o < 2 ? 0.0 : design_.output_[j];   // of the currents the map knows
            next_[o][0] = design_.next_by_emf_[0][o];
            for (int j = 1; j < 3; ++j) next_[o][j] = design_.solver_.next_by(j - 1)[o];
        }
        const auto& map = design_.solver_.map();
        for (int n = 0; n < plate_polynomial::terms; ++n) plate_[n] = map.plate(n);
        for (int n = 0; n < grid_polynomial::terms; ++n) grid_[n] = map.grid(n);
        reset();
    }

    void reset() noexcept
    {
        for (real_mode& m : real_) m.ahead = m.last = {};
        for (pair_mode& m : pair_) m.ahead = m.last = {};
        for (row& r : w_) r = {};
        for (row& r : known_) r = {};
        design_.reset();
    }

    /// Sets what has faded away to zero: once a block, say.
    void settle() noexcept
    {
        for (real_mode& m : real_) detail::settle_numbers<count>(m.ahead), detail::settle_numbers<count>(m.last);
        for (pair_mode& m : pair_) detail::settle_numbers<2 * count>(m.ahead), detail::settle_numbers<2 * count>(m.last);
    }

    /// A sample of each channel, in place.
    void operator()(std::span<double, count> samples) noexcept
    {
        row u, known[3], next[3];
        for (int c = 0; c < count; ++c) u.set(c, samples[static_cast<std::size_t>(c)]);
        for (int o = 0; o < 3; ++o) known[o] = fmadd(within_[o][0], u, known_[o]), next[o] = next_[o][0] * u;
        for (int n = 0; n < reals_; ++n) {
            real_mode& m = real_[n];
            const row g = fmadd(m.drive[2], w_[2], fmadd(m.drive[1], w_[1], m.drive[0] * w_[0]));
            m.ahead = fmadd(m.weight[0], g, fmadd(m.decay, m.ahead, m.weight[1] * m.last));
            m.last = g;
            for (int o = 0; o < 3; ++o) next[o] = fmadd(m.read[o], m.ahead, next[o]);
        }
        for (int n = 0; n < pairs_; ++n) {
            pair_mode& m = pair_[n];
            detail::complex_lanes<count> g;
            for (int j = 0; j < 3; ++j) g = {fmadd(m.drive[j].re, w_[j], g.re), fmadd(m.drive[j].im, w_[j], g.im)};
            m.ahead = fmadd(m.weight[0], g, fmadd(m.decay, m.ahead, fmadd(m.weight[1], m.last, {})));
            m.last = g;
            for (int o = 0; o < 3; ++o) next[o] = fmadd(m.read[o].re, m.ahead.re, fmadd(-m.read[o].im, m.ahead.im, next[o]));
        }
        w_[0] = u;
        solve(known, w_);
        row y = known[2];
        for (int j = 1; j < 3; ++j) {
            y = fmadd(within_[2][j], w_[j], y);
            for (int o = 0; o < 3; ++o) next[o] = fmadd(next_[o][j], w_[j], next[o]);
        }
        for (int o = 0; o < 3; ++o) known_[o] = next[o];
        for (int c = 0; c < count; ++c) samples[static_cast<std::size_t>(c)] = y[c];
    }

private:
    using plate_polynomial = detail::solution_table::plate_polynomial;
    using grid_polynomial = detail::solution_table::grid_polynomial;
    struct real_mode {
        double decay = 0.0, weight[2]{}, drive[3]{}, read[3]{};
        row ahead{}, last{};
    };
    struct pair_mode {
        math::complex decay{}, weight[2]{}, drive[3]{}, read[3]{};
        detail::complex_lanes<count> ahead{}, last{};
    };

    /// The currents of all channels: plate in w[1], grid in w[2].
    void solve(const row (&known)[3], row (&w)[3]) noexcept
    {
        const row &x = known[0], &y = known[1];
        w[1] = plate_polynomial::value([&](int n) { return row::all(plate_[n]); }, x, y);
        w[2] = grid_polynomial::value([&](int n) { return row::all(grid_[n]); }, x, y);
        if (largest(max(abs(x), abs(y))) <= design_.solver_.map().limit()) [[likely]]
            return;
        for (int c = 0; c < count; ++c) {
            if (design_.solver_.map().is_small(x[c], y[c])) continue;
            const math::lanes<2> i = design_.solver_.large(x[c], y[c]);
            w[1].set(c, i[0]), w[2].set(c, i[1]);
        }
    }

    static constexpr int most = 2 * detail::port_modes<size>::most > 0 ? 2 * detail::port_modes<size>::most : 1;

    real_mode real_[most]{};
    pair_mode pair_[(most + 1) / 2]{};
    int reals_ = 0, pairs_ = 0;
    row w_[3]{};                             ///< EMF, plate and grid currents of the sample before
    row known_[3]{};                         ///< of the coming sample, but for its own EMF: x, y, output
    double within_[3][3]{}, next_[3][3]{};   ///< what EMF, plate and grid current bring within the sample, to the next
    double plate_[plate_polynomial::terms]{}, grid_[grid_polynomial::terms]{};
    design_type design_{};
};

}   // namespace phono
