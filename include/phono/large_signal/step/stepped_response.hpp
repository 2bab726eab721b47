// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/large_signal/modes/port_modes.hpp>
#include <phono/large_signal/step/exponential_step.hpp>

namespace phono::inline v0_2::detail {

/// The small-signal response, from EMF to output, of a circuit whose modes advance in exponential steps, at a frequency.
/// (eq. 13 of large_signal/README.md)
template <netlist_size size>
[[nodiscard]] constexpr math::complex stepped_response(const port_modes<size>& found, double hertz, double period) noexcept
{
    const double angle = 2.0 * math::pi * hertz * period;
    const math::complex w{math::cos(angle), -math::sin(angle)};
    return found.sum(port_modes<size>::ports, 0, [&](math::complex gain, math::complex natural) {
        return gain * exponential_step{natural, period}.response(w);
    });
}

}   // namespace phono::inline v0_2::detail
