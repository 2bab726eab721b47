// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/channel_complex.hpp>
#include <phono/large_signal/channel_currents.hpp>
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
    using wide = typename currents::wide;
    using number = channel_complex<count>;
    using factor = typename number::factor;
    using drive = typename number::drive;
    using reading = typename number::reading;

public:
    void clear() noexcept { pairs_ = 0; }
    void push(const look_ahead_mode<inputs, outputs>& from) noexcept
    {
        pair& to = pair_[pairs_++];
        to.of = from;
        to.decay = factor{from.decay};
        for (int j = 0; j < 2; ++j) to.weight[j] = factor{from.weight[j]};
        for (int j = 0; j < inputs; ++j) to.drives[j] = drive{from.drive[j]};
        for (int o = 0; o < outputs; ++o) to.read[o] = reading{from.read[o]};
    }
    [[nodiscard]] int modes() const noexcept { return pairs_; }

    void reset() noexcept
    {
        for (pair& m : pair_) m.coming = m.ahead[0] = m.ahead[1] = {};
    }
    void settle() noexcept
    {
        for (pair& m : pair_) m.coming.settle();
    }

    /// Takes the inputs of the previous sample, each in every place, and adds what the modes at the next one, without this sample's drive,
    /// contribute to it. In turns, ahead of the next sample is kept at `now`, so that this one's stays.
    [[gnu::always_inline]] void look_ahead(const wide& emf, const wide& plate, const wide& grid, int now,
                                           typename currents::sums& next) noexcept
    {
        for (int n = 0; n < pairs_; ++n) {
            pair& m = pair_[n];
            const number g = number::driven(m.drives[2], grid, number::driven(m.drives[1], plate, number::driven(m.drives[0], emf)));
            const number ahead = fmadd(m.weight[0], g, m.coming);
            m.ahead[now] = ahead;
            m.coming = fmadd(m.decay, ahead, m.weight[1] * g);
            next.x = read(m.read[0], ahead, next.x);
            next.y = read(m.read[1], ahead, next.y);
            next.output = read(m.read[2], ahead, next.output);
        }
    }

    /// The response from the EMF to the output, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < pairs_; ++n) {
            const auto& of = pair_[n].of;
            sum += look_ahead_response(of.decay, of.weight[0], of.weight[1], of.drive[0], of.read[outputs - 1], w);
        }
        return sum;
    }

    /// The memory of pair n in channel c between two samples; w: its inputs at the sample before the latest.
    [[nodiscard]] mode_memory memory(int n, int c, int now, const double (&w)[inputs]) const noexcept
    {
        const pair& m = pair_[n];
        math::complex last_drive{};
        for (int j = 0; j < inputs; ++j) last_drive += w[j] * m.of.drive[j];
        return {at(m.ahead[1 - now], c), at(m.ahead[now], c), last_drive};
    }
    void set_memory(int n, int c, int now, const mode_memory& to) noexcept
    {
        pair& m = pair_[n];
        m.ahead[1 - now].set(c, to.before), m.ahead[now].set(c, to.ahead);
        m.coming.set(c, m.of.decay * to.ahead + m.of.weight[1] * to.last_drive);
    }
    /// What the modes contribute to an output of a channel's next sample.
    [[nodiscard]] double reads(int c, int now, int output) const noexcept
    {
        double sum = 0.0;
        for (int n = 0; n < pairs_; ++n) sum += (pair_[n].of.read[output] * at(pair_[n].ahead[now], c)).re;
        return sum;
    }

private:
    struct pair {
        look_ahead_mode<inputs, outputs> of{};
        factor decay{}, weight[2]{};   ///< the same as they are computed with
        drive drives[inputs]{};
        reading read[outputs]{};
        number coming{};     ///< two samples on, as far as it is known
        number ahead[2]{};   ///< one sample on without this sample's drive, in this sample and in the one before, in turns
    };
    [[nodiscard]] static math::complex at(const number& x, int c) noexcept { return {x.re(c), x.im(c)}; }

    static constexpr int most_pairs = (most + 1) / 2;
    pair pair_[most_pairs > 0 ? most_pairs : 1]{};
    int pairs_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
