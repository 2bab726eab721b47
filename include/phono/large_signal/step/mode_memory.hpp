// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/complex.hpp>

namespace phono::inline v0_2::detail {

/// What a running mode remembers between two samples: a of eq. 18 for the sample before the latest and for the latest, and the drive of the
/// sample before the latest. The drive of the latest follows from its inputs.
struct mode_memory {
    math::complex before{}, ahead{}, last_drive{};
};

/// What a mode remembers that is stepped without the drive of the latest sample but one, too: b of eq. 18a for the sample after the latest,
/// and for that and the one before.
struct early_memory {
    math::complex coming{}, was[2]{};
};

/// The step of a mode between the state that physics knows, x, and the memory of a mode that looks ahead. Not inlined: one code,
/// with the same roundings, whatever the number of channels.
/// (eq. 17 and 18 of large_signal/README.md)
struct memory_step {
    math::complex decay{}, own{}, newest{}, weight[2]{};

    constexpr memory_step() noexcept = default;
    constexpr explicit memory_step(const auto& running_mode) noexcept
        : decay(running_mode.decay), own(running_mode.own), newest(running_mode.newest)
    {
        weight[0] = running_mode.weight[0], weight[1] = running_mode.weight[1];
    }

    /// The mode at the latest sample, whose drive is g.
    [[nodiscard, gnu::noinline]] constexpr math::complex state(const mode_memory& m, math::complex g) const noexcept
    {
        return m.before + newest * m.last_drive + own * g;
    }
    /// The memory of a mode that is x at the latest sample, with its drives there and at the two samples before.
    [[nodiscard, gnu::noinline]] constexpr mode_memory memory(math::complex x, math::complex g, math::complex g_1,
                                                              math::complex g_2) const noexcept
    {
        const math::complex without = x - own * g, older_weight = weight[0] - decay * newest;
        return {without - newest * g_1, decay * without + older_weight * g_1 + weight[1] * g_2, g_1};
    }

    /// From one kind of memory to the other, with the drives of the two samples before the latest, and back, where only the former of these
    /// is known and the latter counts as 0.
    [[nodiscard, gnu::noinline]] constexpr mode_memory memory(const early_memory& m, math::complex g_1, math::complex g_2) const noexcept
    {
        return {m.was[1] + weight[0] * g_2, m.was[0] + weight[0] * g_1, g_1};
    }
    [[nodiscard, gnu::noinline]] constexpr early_memory early(const mode_memory& m) const noexcept
    {
        return {decay * m.ahead + weight[1] * m.last_drive, {m.ahead - weight[0] * m.last_drive, m.before}};
    }
};

}   // namespace phono::inline v0_2::detail
