// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <phono/analysis/groove_signal.hpp>
#include <phono/analysis/open_loop.hpp>
#include <phono/chain/response.hpp>
#include <phono/spice/spice.hpp>

#include <complex>
#include <string>
#include <type_traits>

namespace command {

/// The model of a schematic in a type that does not depend on it.
template <int factors>
[[nodiscard]] linear_model linear_model_of(const phono::analogue_model<factors>& model)
{
    linear_model wide;
    wide.forward = model.forward;
    wide.problem = model.problem;
    for (int i = 0; i < model.undone_count && i < 2 * phono::detail::max_undone; ++i) wide.undone[wide.undone_count++] = model.undone[i];
    return wide;
}

/// The library's small-signal functions of a schematic. Like tube_functions_of it is kept small, because it is compiled for each type of
/// schematic in the catalogue.
template <class Schematic>
[[nodiscard]] schematic_functions small_signal_functions_of(const Schematic& schematic)
{
    const phono::circuit held{schematic};
    schematic_functions functions;
    functions.model = linear_model_of(phono::analyse(held));
    functions.problem = functions.model.problem;
    functions.parts = erased(held.netlist());
    functions.signal = phono::detail::signal_of_schematic(schematic);
    functions.response = [held](double hertz) { return phono::response(held, phono::frequency{hertz}); };
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
