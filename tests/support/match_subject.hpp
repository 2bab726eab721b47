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

inline phono::cartridge_match matched(const subject& what, const phono::match_inputs& inputs)
{
    using namespace phono;
    if (what.magnetic)
        return match(magnetic_cartridge{voltage{what.output}, resistance{what.resistance}, inductance{what.inductance}}, inputs);
    return match(moving_coil_cartridge{voltage{what.output}, resistance{what.resistance}, inductance{what.inductance}}, inputs);
}

}   // namespace measure
