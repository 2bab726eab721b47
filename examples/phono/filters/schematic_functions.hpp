// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <phono/analysis/open_loop.hpp>
#include <phono/chain/response.hpp>
#include <phono/spice/spice.hpp>

#include <complex>
#include <optional>
#include <string>
#include <type_traits>

namespace command {

/// The library's small-signal functions of a schematic. Like tube_functions_of it is kept small, because it is compiled for each type of
/// schematic in the catalogue.
template <class Schematic>
[[nodiscard]] schematic_functions small_signal_functions_of(const Schematic& schematic)
{
    const phono::circuit held{schematic};
    const auto model = phono::analyse(held);
    schematic_functions functions;
    functions.problem = model.problem;
    functions.response = [held](double hertz) { return phono::response(held, phono::frequency{hertz}); };
    functions.design = [model](double rate, phono::phase phase) { return phono::design(model, phono::frequency{rate}, phase); };
    functions.netlist = [schematic](const std::string& title) { return phono::spice(schematic, title); };
    return functions;
}

/// The same for a schematic without tubes, whose feedback can be removed.
template <class Schematic>
[[nodiscard]] schematic_functions linear_functions_of(const Schematic& schematic)
{
    auto functions = small_signal_functions_of(schematic);
    using open_loop_schematic = decltype(phono::open_loop(schematic));
    if constexpr (!std::is_same_v<open_loop_schematic, Schematic>) {
        functions.open_loop = [schematic](const std::string& title) {
            return filter{title, small_signal_functions_of(phono::open_loop(schematic))};
        };
    }
    return functions;
}

}   // namespace command
