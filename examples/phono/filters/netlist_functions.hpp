// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

namespace command {

/// The functions of a circuit that is known at run time only: what linear_functions_of and tube_functions_of are to a schematic, but
/// compiled once. It has no open loop: no part of it is known to be a feedback network.
[[nodiscard]] schematic_functions functions_of_parts(const erased_parts& parts);

}   // namespace command
