// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/cartridge_match.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>

namespace measure {

/// A cartridge by its figures: volts, ohms, henries.
struct subject {
    bool magnetic;
    double output, resistance, inductance;
};

/// An amplifier of 100 dB, with 1 nV and 2 pA per root hertz: nobody sells it.
inline phono::amplifier_sheet plain_amplifier(double gain_bandwidth = 10e6, double open_loop_gain = 100.0)
{
    return {phono::gain{open_loop_gain}, phono::frequency{gain_bandwidth}, {1e-9}, {2e-12}};
}

/// Inputs with it, on which a winding of 0 is none.
inline phono::match_inputs plain_inputs(double load = 47e3)
{
    return {.load = phono::resistance{load}, .amplifier = plain_amplifier(), .unknown_winding = {0.0, 0.0}};
}

inline phono::cartridge_match matched(const subject& what, const phono::match_inputs& inputs)
{
    using namespace phono;
    if (what.magnetic)
        return match(magnetic_cartridge{voltage{what.output}, resistance{what.resistance}, inductance{what.inductance}}, inputs);
    return match(moving_coil_cartridge{voltage{what.output}, resistance{what.resistance}, inductance{what.inductance}}, inputs);
}

}   // namespace measure
