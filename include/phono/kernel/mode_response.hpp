// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/mode_coefficients.hpp>
#include <phono/math/complex.hpp>
#include <phono/math/elementary.hpp>

namespace phono::inline v0_2::detail {

/// The response of modes at a frequency in radians per sample, computed from their coefficients as rounded to their type.
template <class Modes>
[[nodiscard]] math::complex response_of(const Modes& modes, double angle) noexcept
{
    using stored = stored_pole<typename Modes::sample>;
    const double half = math::sin(0.5 * angle);
    const math::complex w{math::cos(angle), -math::sin(angle)}, rise{2.0 * half * half, -w.im};   // 1 - w without its cancellation
    const auto distance = [&](auto pole) { return rise - stored::from_1(pole) * w; };             // 1 - pole w
    math::complex y{static_cast<double>(modes.direct())}, before{};
    for (int i = 0; i < modes.real_count(); ++i) {
        const auto c = modes.real(i);
        y += static_cast<double>(c.gain) * (w / distance(c.pole));
    }
    for (int i = 0; i < modes.section_count(); ++i) {
        const auto c = modes.section(i);
        const math::complex d = distance(c.alpha), e = modes.is_chained(i) ? before : math::complex{1.0};
        const math::complex b = w * w / (d * d + static_cast<double>(c.gamma) * (w * w)) * e;
        y += static_cast<double>(c.b_gain) * b + static_cast<double>(c.a_gain) * (d / w * b);
        before = b;
    }
    return y;
}

}   // namespace phono::inline v0_2::detail
