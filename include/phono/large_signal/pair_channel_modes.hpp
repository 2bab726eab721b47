// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_currents.hpp>
#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/mode_memory.hpp>
#include <phono/math/lanes.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// The conjugate pairs of modes of a circuit with one triode in several channels, the channels of each pair side by side in vector registers.
///
/// Inputs: EMF, plate and grid current. Outputs: the solver's two coordinates and the circuit's output.
/// (eq. 18 of large_signal/README.md)
template <int count, int most>
class pair_channel_modes {
    static constexpr int inputs = 3, outputs = 3;
    using currents = channel_currents<count>;
    using row = math::lanes<count>;
    using wide = typename currents::wide;

public:
    void clear() noexcept { pairs_ = 0; }
    void push(const look_ahead_mode<inputs, outputs>& from) noexcept { pair_[pairs_++].coefficients = from; }
    [[nodiscard]] int modes() const noexcept { return pairs_; }

    void reset() noexcept
    {
        for (pair& m : pair_) m.coming = m.ahead[0] = m.ahead[1] = {};
    }
    void settle() noexcept
    {
        for (pair& m : pair_) settle_numbers<2 * count>(m.coming);
    }

    /// Takes the inputs of the previous sample, each in every place, and adds what the modes at the next one, without this sample's drive,
    /// contribute to it. In turns, ahead of the next sample is kept at `now`, so that this one's stays.
    [[gnu::always_inline]] void look_ahead(const wide& emf, const wide& plate, const wide& grid, int now,
                                           typename currents::sums& next) noexcept
    {
        const row by_emf = currents::once(emf), by_plate = currents::once(plate), by_grid = currents::once(grid);
        for (int n = 0; n < pairs_; ++n) {
            pair& m = pair_[n];
            const look_ahead_mode<inputs, outputs>& of = m.coefficients;
            const auto driven = [&](double from_emf, double from_plate, double from_grid) {
                return fmadd(from_grid, by_grid, fmadd(from_plate, by_plate, from_emf * by_emf));
            };
            const complex_lanes<count> g{driven(of.drive[0].re, of.drive[1].re, of.drive[2].re),
                                         driven(of.drive[0].im, of.drive[1].im, of.drive[2].im)};
            const complex_lanes<count> ahead = fmadd(of.weight[0], g, m.coming);
            m.ahead[now] = ahead;
            m.coming = fmadd(of.decay, ahead, of.weight[1] * g);
            const auto read = [&](int o) { return currents::and_nothing(fmadd(of.read[o].re, ahead.re, -of.read[o].im * ahead.im)); };
            next.x = next.x + read(0), next.y = next.y + read(1), next.output = next.output + read(2);
        }
    }

    /// The response from the EMF to the output, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < pairs_; ++n) {
            const auto& of = pair_[n].coefficients;
            sum += look_ahead_response(of.decay, of.weight[0], of.weight[1], of.drive[0], of.read[outputs - 1], w);
        }
        return sum;
    }

    /// The memory of pair n in channel c between two samples; w: the inputs of the sample before the latest.
    [[nodiscard]] mode_memory memory(int n, int c, int now, const row (&w)[inputs]) const noexcept
    {
        const pair& m = pair_[n];
        math::complex last_drive{};
        for (int j = 0; j < inputs; ++j) last_drive += w[j][c] * m.coefficients.drive[j];
        return {at(m.ahead[1 - now], c), at(m.ahead[now], c), last_drive};
    }
    void set_memory(int n, int c, int now, const mode_memory& to) noexcept
    {
        pair& m = pair_[n];
        put(m.ahead[1 - now], c, to.before), put(m.ahead[now], c, to.ahead);
        put(m.coming, c, m.coefficients.decay * to.ahead + m.coefficients.weight[1] * to.last_drive);
    }
    /// What the modes contribute to an output of a channel's next sample.
    [[nodiscard]] double reads(int c, int now, int output) const noexcept
    {
        double sum = 0.0;
        for (int n = 0; n < pairs_; ++n) sum += (pair_[n].coefficients.read[output] * at(pair_[n].ahead[now], c)).re;
        return sum;
    }

private:
    struct pair {
        look_ahead_mode<inputs, outputs> coefficients{};
        complex_lanes<count> coming{};     ///< two samples on, as far as it is known
        complex_lanes<count> ahead[2]{};   ///< one sample on without this sample's drive, in this sample and in the one before, in turns
    };
    [[nodiscard]] static math::complex at(const complex_lanes<count>& x, int c) noexcept { return {x.re[c], x.im[c]}; }
    static void put(complex_lanes<count>& x, int c, math::complex z) noexcept { x.re.set(c, z.re), x.im.set(c, z.im); }

    static constexpr int most_pairs = (most + 1) / 2;
    pair pair_[most_pairs > 0 ? most_pairs : 1]{};
    int pairs_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
