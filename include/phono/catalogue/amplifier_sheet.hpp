// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/stage/op_amp.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// The density of an amplifier's noise against frequency: white, and 1/f in power below a corner.
///
/// Formula: d(f)^2 = white^2 (1 + corner/f). Units: V/sqrt(Hz) or A/sqrt(Hz). Range: white and corner 0 or above.
struct noise_spectrum {
    double white{};
    frequency corner{};

    [[nodiscard]] constexpr double at(frequency f) const noexcept { return white * math::sqrt(1.0 + corner / f); }
};

/// The noise that has two densities at two frequencies, as data sheets state it: (density, frequency), twice. Range: f above `low`, the
/// density at `low` the larger and by no more than 1/f can give.
[[nodiscard]] constexpr noise_spectrum noise_through(double density, frequency f, double at_low, frequency low) noexcept
{
    const double flicker = (at_low * at_low - density * density) / (1.0 / low.si - 1.0 / f.si);   // white^2 corner
    const double white_squared = density * density - flicker / f.si;
    return {math::sqrt(white_squared), frequency{flicker / white_squared}};
}

/// The noise that has this density at a frequency and this corner.
[[nodiscard]] constexpr noise_spectrum noise_with_corner(double density, frequency f, frequency corner) noexcept
{
    return {density / math::sqrt(1.0 + corner / f), corner};
}

/// An operational amplifier as its data sheet has it: typical figures at 25 C and +-15 V.
struct amplifier_sheet {
    phono::gain gain{};   ///< open loop, at DC, into 2 kOhm or the load stated
    frequency gain_bandwidth{};
    noise_spectrum voltage_noise{};
    noise_spectrum current_noise{};   ///< of one input

    /// The amplifier with one pole and without noise, as a part of a stage.
    [[nodiscard]] constexpr op_amp one_pole() const noexcept { return {.gain = gain, .corner = corner_of(gain, gain_bandwidth)}; }

    /// The same with its noise.
    [[nodiscard]] constexpr op_amp with_noise() const noexcept
    {
        op_amp part = one_pole();
        part.noise = {voltage_noise.white, current_noise.white, voltage_noise.corner, current_noise.corner};
        return part;
    }
};

}   // namespace phono::inline v0_2
