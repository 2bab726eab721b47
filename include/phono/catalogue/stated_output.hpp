// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// What a stated velocity is: that of its crest, or the root of its mean square.
enum class velocity_amplitude { unstated, rms, peak };

/// How the groove of a stated velocity is cut: one wall, at 45 degrees to the disc, as a stereo channel is; or sideways, as mono is, where
/// either wall has the velocity over the square root of 2.
enum class groove_cut { unstated, one_wall, lateral };

/// The output of a cartridge in its maker's words: so many millivolts, RMS at 1 kHz, at so many centimetres per second.
///
/// Range: level and velocity above zero.
struct stated_output {
    voltage level{};
    velocity at{0.05};
    velocity_amplitude amplitude = velocity_amplitude::unstated;
    groove_cut cut = groove_cut::unstated;

    /// The velocity of either wall, RMS; what is not stated is read as RMS and as of one wall.
    [[nodiscard]] constexpr velocity of_one_wall() const noexcept
    {
        const double crest = amplitude == velocity_amplitude::peak ? math::sqrt(2.0) : 1.0;
        const double sideways = cut == groove_cut::lateral ? math::sqrt(2.0) : 1.0;
        return at / (crest * sideways);
    }

    /// The output as the library counts it: RMS at 1 kHz for 5 cm/s RMS of one wall.
    [[nodiscard]] constexpr voltage at_5_cm_s() const noexcept { return level * (velocity{0.05} / of_one_wall()); }

    /// The largest that the words allow: what is not stated read as peak and as lateral.
    [[nodiscard]] constexpr voltage at_most() const noexcept
    {
        stated_output loudest = *this;
        if (amplitude == velocity_amplitude::unstated) loudest.amplitude = velocity_amplitude::peak;
        if (cut == groove_cut::unstated) loudest.cut = groove_cut::lateral;
        return loudest.at_5_cm_s();
    }
};

}   // namespace phono::inline v0_2
