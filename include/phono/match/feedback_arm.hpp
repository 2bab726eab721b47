// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// The feedback of a trans-impedance input: Rf, and parallel to it a Cf that may be absent.
///
/// Range: resistance above zero, capacitance 0 (absent) or above.
struct feedback_arm {
    phono::resistance resistance{1e3};
    phono::capacitance capacitance{0.0};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept
    {
        circuit.resistor(a, b, resistance, "feedback");
        circuit.optional_capacitor(a, b, capacitance, "feedback_capacitor");
    }
};

}   // namespace phono::inline v0_2
