// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"
#include "support/failure.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/chain/response.hpp>
#include <phono/print.hpp>
#include <phono/spice/spice.hpp>
#include <phono/tube_preamp.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace command {

/// The same for a schematic with tubes: it runs at large signals, and its response is the small-signal one.
template <class Schematic>
[[nodiscard]] schematic_functions tube_schematic_functions_of(const Schematic& schematic)
{
    schematic_functions functions;
    return functions;
}

}   // namespace command
