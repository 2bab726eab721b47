// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/complex_lanes.hpp>
#include <phono/large_signal/step/look_ahead_mode.hpp>
#include <phono/large_signal/step/mode_memory.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A mode with its states in several channels, side by side.
///
/// Number and States: double and math::lanes for a real mode, math::complex and complex_lanes for two conjugate ones.
/// (eq. 18 of large_signal/README.md)
template <class Number, class States, int inputs, int outputs>
struct channel_mode {
    Number decay{}, weight[2]{}, drive[inputs]{}, read[outputs]{};
    States coming{};     ///< the mode two samples on, as far as it is known
    States ahead[2]{};   ///< the mode one sample on without this sample's drive, in this sample and in the one before, in turns

    /// Takes the drive of the previous sample; returns the mode at the next one without this sample's drive, which goes to ahead[now].
    const States& look_ahead(const States& g, int now) noexcept
    {
        ahead[now] = fmadd(weight[0], g, coming);
        coming = fmadd(decay, ahead[now], weight[1] * g);
        return ahead[now];
    }

    /// Takes the coefficients; number(z) makes a Number of each.
    void take(const look_ahead_mode<inputs, outputs>& from, const auto& number) noexcept
    {
        decay = number(from.decay);
        for (int j = 0; j < 2; ++j) weight[j] = number(from.weight[j]);
        for (int j = 0; j < inputs; ++j) drive[j] = number(from.drive[j]);
        for (int o = 0; o < outputs; ++o) read[o] = number(from.read[o]);
    }
    void reset() noexcept { coming = ahead[0] = ahead[1] = {}; }

    /// The response from the first input to the last output, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w) const noexcept
    {
        return look_ahead_response(decay, weight[0], weight[1], drive[0], read[outputs - 1], w);
    }

    /// The memory of one channel, between two samples, with the drive of the sample before the latest.
    [[nodiscard]] mode_memory memory(int c, int now, math::complex last_drive) const noexcept
    {
        return {at(ahead[1 - now], c), at(ahead[now], c), last_drive};
    }
    void set_memory(int c, int now, const mode_memory& to) noexcept
    {
        put(ahead[1 - now], c, to.before), put(ahead[now], c, to.ahead);
        put(coming, c, math::complex{decay} * to.ahead + math::complex{weight[1]} * to.last_drive);
    }
    /// The drive of one channel by these inputs.
    [[nodiscard]] math::complex driven(int c, const auto& w) const noexcept
    {
        math::complex g{};
        for (int j = 0; j < inputs; ++j) g += w[j][c] * math::complex{drive[j]};
        return g;
    }
    /// What it contributes to an output of a channel's next sample.
    [[nodiscard]] double reads(int c, int now, int output) const noexcept { return (math::complex{read[output]} * at(ahead[now], c)).re; }

private:
    template <int count>
    static math::complex at(const complex_lanes<count>& x, int c) noexcept
    {
        return {x.re[c], x.im[c]};
    }
    template <int count>
    static void put(complex_lanes<count>& x, int c, math::complex z) noexcept
    {
        x.re.set(c, z.re), x.im.set(c, z.im);
    }
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
