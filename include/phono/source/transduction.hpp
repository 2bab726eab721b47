// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/math/rational.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2::detail {

/// The recorded velocity, RMS, and the frequency at which a cartridge's output is stated.
inline constexpr velocity reference_velocity{0.05};
inline constexpr frequency reference_frequency{1000.0};

/// Volts per metre per second for a source whose EMF follows velocity.
[[nodiscard]] constexpr math::rational velocity_response(voltage output) noexcept
{
    math::rational h;
    h.gain = output.si / reference_velocity.si;
    return h;
}

/// Volts per metre per second for a source whose EMF follows displacement, the integral of velocity. The integrator is leaky,
/// with a corner of 0.1 Hz, so that a DC offset of the velocity does not drive it to infinity: an error of 1.1e-4 dB at 20 Hz.
[[nodiscard]] constexpr math::rational displacement_response(voltage output) noexcept
{
    constexpr double leak = 2.0 * math::pi * 0.1;
    math::rational h;
    h.poles.add({-leak});
    const math::complex at_reference{leak, angular(reference_frequency).si};
    h.gain = output.si / reference_velocity.si * math::abs(at_reference);
    return h;
}

}   // namespace phono::inline v0_2::detail
