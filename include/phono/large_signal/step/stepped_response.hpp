// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/step/exponential_step.hpp>

namespace phono {

/// The small-signal response of the modes taken in exponential steps, at a frequency.
template <netlist_size size>
constexpr math::complex stepped_response(const port_modes<size>& found, double hertz, double period) noexcept
{
    const double angle = 2.0 * math::pi * hertz * period;
    const math::complex w{math::cos(angle), -math::sin(angle)};
    constexpr int output = port_modes<size>::ports;
    math::complex h{found.direct[output][0]};
    for (int k = 0; k < found.count; ++k) {
        const auto& mode = found.modes[k];
        const math::complex gain = mode.read[output] * mode.drive[0];
        h += gain * detail::exponential_step{mode.s, period}.response(w);
        if (mode.s.im != 0.0) h += math::conj(gain) * detail::exponential_step{math::conj(mode.s), period}.response(w);
    }
    return h;
}

}   // namespace phono
