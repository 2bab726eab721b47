// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/bounded_netlist.hpp>

#include <memory>

namespace command {

/// The circuit of a schematic in a type that does not tell which schematic, so that an analysis is compiled for this type alone, in the
/// subcommand that makes it, and not for each schematic of the catalogue.
using erased_circuit = phono::circuit<phono::bounded_size>;

/// The parts of such a circuit, which filters share.
using erased_parts = std::shared_ptr<const phono::bounded_netlist>;

/// The parts of a netlist; a fault of it, or one that is too large, is found in the circuit made of them.
template <phono::netlist_size size>
[[nodiscard]] erased_parts erased(const phono::flat_netlist<size>& flat)
{
    return std::make_shared<const phono::bounded_netlist>(phono::bounded(flat));
}

}   // namespace command
