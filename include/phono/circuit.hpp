// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Circuits: netlists that blocks and networks place their parts in, operating points, and the analyses derived from them.

#include <phono/circuit/amplifier_noise.hpp>
#include <phono/circuit/analogue_model.hpp>
#include <phono/circuit/biased_triode.hpp>
#include <phono/circuit/bounded_netlist.hpp>
#include <phono/circuit/circuit.hpp>
#include <phono/circuit/circuit_block.hpp>
#include <phono/circuit/fault.hpp>
#include <phono/circuit/flat_netlist.hpp>
#include <phono/circuit/netlist_counter.hpp>
#include <phono/circuit/nodal_equations.hpp>
#include <phono/circuit/node_name.hpp>
#include <phono/circuit/part.hpp>
#include <phono/circuit/quiescent_voltages.hpp>
#include <phono/circuit/signal_role.hpp>
#include <phono/circuit/triode_law.hpp>
#include <phono/circuit/value_rule.hpp>
