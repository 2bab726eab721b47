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

/// The real modes of a circuit with one triode in several channels, side by side in vector registers: all channels of one mode, or both of
/// two modes where there are two channels.
///
/// Inputs: EMF, plate and grid current. Outputs: the solver's two coordinates and the circuit's output.
/// (eq. 18 of large_signal/README.md)
template <int count, int most>
class real_channel_modes {
    static constexpr int together = count == 2 ? 2 : 1, inputs = 3, outputs = 3;
    using currents = channel_currents<count>;
    using row = math::lanes<count>;
    using wide = typename currents::wide;

public:
    void clear() noexcept { modes_ = 0; }
    void push(const look_ahead_mode<inputs, outputs>& from) noexcept
    {
        const int first = modes_ % together * count;
        group& to = group_[modes_++ / together];
        if (first == 0) to = {};   // no mode is silent
        for (int c = first; c < first + count; ++c) {
            to.decay.set(c, from.decay.re);
            for (int j = 0; j < 2; ++j) to.weight[j].set(c, from.weight[j].re);
            for (int j = 0; j < inputs; ++j) to.drive[j].set(c, from.drive[j].re);
            for (int o = 0; o < outputs; ++o) to.read[o].set(c, from.read[o].re);
        }
    }
    [[nodiscard]] int modes() const noexcept { return modes_; }

    void reset() noexcept
    {
        for (group& m : group_) m.coming = m.ahead[0] = m.ahead[1] = {};
    }
    void settle() noexcept
    {
        for (group& m : group_) settle_numbers<together * count>(m.coming);
    }

    /// Takes the inputs of the previous sample, each in every place, and adds what the modes at the next one, without this sample's drive,
    /// contribute to it. In turns, ahead of the next sample is kept at `now`, so that this one's stays.
    [[gnu::always_inline]] void look_ahead(const wide& emf, const wide& plate, const wide& grid, int now,
                                           typename currents::sums& next) noexcept
    {
        const int groups = (modes_ + together - 1) / together;
        for (int k = 0; k < groups; ++k) {
            group& m = group_[k];
            const wide g = fmadd(m.drive[1], plate, fmadd(m.drive[2], grid, m.drive[0] * emf));
            const wide ahead = fmadd(m.weight[0], g, m.coming);
            m.ahead[now] = ahead;
            m.coming = fmadd(m.decay, ahead, m.weight[1] * g);
            next.x = fmadd(m.read[0], ahead, next.x);
            next.y = fmadd(m.read[1], ahead, next.y);
            next.output = fmadd(m.read[2], ahead, next.output);
        }
    }

    /// The response from the EMF to the output, at the point w = 1/z.
    [[nodiscard]] math::complex response(math::complex w) const noexcept
    {
        math::complex sum{};
        for (int n = 0; n < modes_; ++n) {
            const group& m = of(n);
            const int c = lane(n, 0);
            sum += look_ahead_response({m.decay[c]}, {m.weight[0][c]}, {m.weight[1][c]}, {m.drive[0][c]}, {m.read[outputs - 1][c]}, w);
        }
        return sum;
    }

    /// The memory of mode n in channel c between two samples; w: its inputs at the sample before the latest.
    [[nodiscard]] mode_memory memory(int n, int c, int now, const double (&w)[inputs]) const noexcept
    {
        const group& m = of(n);
        const int at = lane(n, c);
        double last_drive = 0.0;
        for (int j = 0; j < inputs; ++j) last_drive += w[j] * m.drive[j][at];
        return {{m.ahead[1 - now][at]}, {m.ahead[now][at]}, {last_drive}};
    }
    void set_memory(int n, int c, int now, const mode_memory& to) noexcept
    {
        group& m = group_[n / together];
        const int at = lane(n, c);
        m.ahead[1 - now].set(at, to.before.re), m.ahead[now].set(at, to.ahead.re);
        m.coming.set(at, m.decay[at] * to.ahead.re + m.weight[1][at] * to.last_drive.re);
    }
    /// Clears a channel's places of a group that no mode takes: an input that was not a number would stay in them.
    void clear_unused(int c) noexcept
    {
        for (int n = modes_; n % together != 0; ++n) {
            group& m = group_[n / together];
            const int at = lane(n, c);
            m.coming.set(at, 0.0), m.ahead[0].set(at, 0.0), m.ahead[1].set(at, 0.0);
        }
    }
    /// What the modes contribute to an output of a channel's next sample.
    [[nodiscard]] double reads(int c, int now, int output) const noexcept
    {
        double sum = 0.0;
        for (int n = 0; n < modes_; ++n) sum += of(n).read[output][lane(n, c)] * of(n).ahead[now][lane(n, c)];
        return sum;
    }

private:
    struct group {
        wide decay{}, weight[2]{}, drive[inputs]{}, read[outputs]{};   ///< the same in all channels
        wide coming{};                                                 ///< two samples on, as far as it is known
        wide ahead[2]{};   ///< one sample on without this sample's drive, in this sample and in the one before, in turns
    };
    [[nodiscard]] const group& of(int n) const noexcept { return group_[n / together]; }
    [[nodiscard]] static int lane(int n, int c) noexcept { return n % together * count + c; }

    static constexpr int most_groups = (most + together - 1) / together;
    group group_[most_groups > 0 ? most_groups : 1]{};
    int modes_ = 0;
};

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
