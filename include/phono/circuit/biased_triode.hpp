// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/part.hpp>

namespace phono::inline v0_2 {

/// A triode at its operating point: its quiescent voltages relative to the cathode, and its currents and their slopes there.
struct biased_triode : triode_port {
    double vgk = 0.0, vpk = 0.0;
    triode_currents at_rest{};
};

/// The operating point of a circuit: that of each of its triodes, in the order in which they were placed.
template <int triodes>
using operating_point = math::vector<biased_triode, triodes>;

}   // namespace phono::inline v0_2
