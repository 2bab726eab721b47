// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/fault.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// A selector's default fade time: long enough for a selection at the moment a tone stops to add less than -80 dB of that tone to the steps
/// of the modes' own decay, at 44.1 kHz and above.
inline constexpr duration default_fade{40e-3};
/// The default corner frequency of a selector's input coupling: 0.011 dB and 2.9 degrees at 20 Hz.
inline constexpr frequency default_coupling{1.0};

/// How a selector changes from one mode to another.
///
/// Range: fade above 0 and below 50 ms; coupling 0 (a wire) to 20 Hz.
struct selector_options {
    duration fade = default_fade;
    frequency coupling = default_coupling;
};

namespace detail {

[[nodiscard]] constexpr fault options_fault(const selector_options& how) noexcept
{
    if (!(how.fade.si > 0.0 && how.fade.si < 50e-3))
        return {"selector_options.fade", how.fade.si, "must lie above 0 and below 50 ms", -1, "s"};
    if (!(how.coupling.si >= 0.0 && how.coupling.si <= 20.0))
        return {"selector_options.coupling", how.coupling.si, "must lie between 0 (none) and 20 Hz", -1, "Hz"};
    return {};
}

}   // namespace detail

}   // namespace phono::inline v0_2
