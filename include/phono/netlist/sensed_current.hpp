// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2::detail {

/// A voltage source between a and b whose current is known: that from a through it to b, as SPICE has it, is the voltage, in volts for
/// amperes, of the node that is returned. Its own voltage is `emf`, DC, on top of that of the node driven_by.
///
/// Circuit: no current leaves the node x of the current, which states the voltage law v(a) - v(b) = v(driven_by) + emf. Its number of parts
/// is always the same.
constexpr node place_sensed_source(auto& circuit, node a, node b, double emf, const char* name, node driven_by = ground) noexcept
{
    const node x = circuit.node(), held = circuit.node();
    circuit.supply(held, voltage{emf}, name, driven_by);
    circuit.transconductance(a, b, x, ground, 1.0, name);
    circuit.transconductance(x, ground, a, b, 1.0, name);
    circuit.transconductance(ground, x, held, ground, 1.0, name);
    return x;
}

/// A wire between a and b whose current is known: a source of 0 V, with a part less.
constexpr node place_sensed_wire(auto& circuit, node a, node b, const char* name) noexcept
{
    const node x = circuit.node();
    circuit.transconductance(a, b, x, ground, 1.0, name);
    circuit.transconductance(x, ground, a, b, 1.0, name);
    return x;
}

/// A DC current source: so many amperes flow from a through it to b.
constexpr void place_current_source(auto& circuit, node a, node b, double amperes, const char* name) noexcept
{
    const node held = circuit.node();
    circuit.supply(held, voltage{amperes}, name);
    circuit.transconductance(a, b, held, ground, 1.0, name);
}

/// F of SPICE: a current of gain times the known one flows from a through it to b.
constexpr void place_current_controlled_current(auto& circuit, node a, node b, node sensed, double gain, const char* name) noexcept
{
    circuit.transconductance(a, b, sensed, ground, gain, name);
}
/// H of SPICE: v(a) - v(b) is so many ohms times the known current.
constexpr void place_current_controlled_voltage(auto& circuit, node a, node b, node sensed, double ohms, const char* name) noexcept
{
    circuit.amplifier(a, b, sensed, ground, ohms, name);
}

}   // namespace phono::inline v0_2::detail
