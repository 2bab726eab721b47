// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// A resistor as a two-terminal network. Range: above zero.
struct resistor {
    phono::resistance value{1.0};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept { circuit.resistor(a, b, value); }
};

/// A capacitor as a two-terminal network. Range: above zero.
struct capacitor {
    phono::capacitance value{1.0};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept { circuit.capacitor(a, b, value); }
};

/// An inductor as a two-terminal network. Range: above zero.
struct inductor {
    phono::inductance value{1.0};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept { circuit.inductor(a, b, value); }
};

/// A resistance with a constant DC voltage in series, positive at its first terminal: a string of neon lamps, a Zener diode, a battery.
/// It is that of a device: noise() gives it no thermal noise, and nothing for the device's own.
struct level_shift {
    phono::voltage drop{};
    phono::resistance resistance{1.0};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        circuit.biased_resistor(a, b, resistance, drop, "level_shift.resistance");
        circuit.of_model();
    }
};

}   // namespace phono::inline v0_2
