// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// The noise at an amplifier's inputs, as its data sheet states it: a voltage in series with them, and a current from each of them to
/// ground, which know nothing of each other. Above its corner each has the same density at all frequencies, below it rises as 1/f:
/// density^2 = voltage^2 (1 + voltage_corner/f).
///
///     op_amp{.gain = 100_dB, .corner = 100_Hz, .noise = {.voltage = 3.5e-9, .current = 0.4e-12}}   // an NE5534A without its corners
///
/// Units: volts and amperes per square root of a hertz. Range: 0 (absent, as by default) or above.
struct amplifier_noise {
    double voltage = 0.0;
    double current = 0.0;
    frequency voltage_corner{0.0};
    frequency current_corner{0.0};
};

/// The record that a netlist keeps of an amplifier that loop_amplifier() placed in it.
struct placed_amplifier {
    int part = 0;    ///< its controlled source
    node output{};   ///< what swings: behind its poles and its output resistance
    amplifier_noise noise{};
};

}   // namespace phono::inline v0_2
