// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/network/node.hpp>
#include <phono/units.hpp>

namespace phono::inline v0_2 {

/// A contact of a switch as a two-terminal network: a small resistance where it is closed, its insulation where it is open.
///
/// What hangs on an open contact is not cut out of the circuit: it leaks, as in a real one, and its DC voltage is that which leakage
/// leaves. A tube_preamp opens and closes contacts while it plays, by `switch_to`.
/// Range: both above zero.
struct contact {
    bool is_closed = true;
    resistance closed{10e-3};
    resistance open{1e12};

    constexpr void elaborate(auto& circuit, node a, node b) const noexcept { circuit.resistor(a, b, is_closed ? closed : open, "contact"); }
};

}   // namespace phono::inline v0_2
