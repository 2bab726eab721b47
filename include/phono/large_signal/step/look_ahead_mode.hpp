// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/step/exponential_step.hpp>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"   // counts and places are int

namespace phono::inline v0_2::detail {

/// A mode of a circuit, stepped so that all but the contribution of this sample's own drive is computed before that drive is known.
///
/// With g the drive of a sample, a[n] = decay a[n-1] + weight[0] g[n-1] + weight[1] g[n-2] is the mode at sample n + 1 without g[n], which
/// adds newest g[n], and without g[n+1], which adds through the step's first weight within its own sample.
/// (a_k and nu in eq. 18 of large_signal/README.md)
template <int inputs, int outputs>
struct look_ahead_mode {
    math::complex decay{}, weight[2]{}, newest{}, own{};   ///< own: the step's first weight
    math::complex drive[inputs]{};
    math::complex read[outputs]{};   ///< the real part of this times the mode is what it adds to the outputs
    bool is_pair = false;            ///< stands for two conjugate modes

    constexpr look_ahead_mode() noexcept = default;
    constexpr look_ahead_mode(const exponential_step& step, const math::complex (&drives)[inputs], const math::complex (&reads)[outputs],
                              bool pair) noexcept
        : decay(step.decay), newest(step.decay * step.weight[0] + step.weight[1]), own(step.weight[0]), is_pair(pair)
    {
        weight[0] = step.decay * newest + step.weight[2];
        weight[1] = step.weight[3];
        for (int j = 0; j < inputs; ++j) drive[j] = drives[j];
        for (int o = 0; o < outputs; ++o) read[o] = (pair ? 2.0 : 1.0) * reads[o];
    }
};

/// The response of such a mode at the point w = 1/z: from `drive` in one sample to the real part of `read` times a in the next.
[[nodiscard]] constexpr math::complex look_ahead_response(math::complex decay, math::complex weight, math::complex later_weight,
                                                          math::complex drive, math::complex read, math::complex w) noexcept
{
    const math::complex one{1.0}, gain = read * drive;
    const math::complex upper = gain * (weight + later_weight * w) / (one - decay * w);
    const math::complex lower = math::conj(gain) * (math::conj(weight) + math::conj(later_weight) * w) / (one - math::conj(decay) * w);
    return 0.5 * (upper + lower);
}

}   // namespace phono::inline v0_2::detail

#pragma GCC diagnostic pop
