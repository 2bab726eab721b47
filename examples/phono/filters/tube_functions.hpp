// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/block_loops.hpp"
#include "filters/schematic_functions.hpp"
#include "filters/tube_channel.hpp"

#include <phono/tube_preamp.hpp>

#include <memory>
#include <string>
#include <vector>

namespace command {

/// The functions of a schematic with tubes: it runs at large signals, and its response is the small-signal one.
template <class Schematic>
[[nodiscard]] schematic_functions tube_functions_of(const Schematic& schematic)
{
    auto functions = small_signal_functions_of(schematic);
    functions.tube_processor = [schematic](const std::string& title, double rate, int oversampling) {
        return path_through(std::make_shared<phono::tube_preamp<Schematic>>(schematic, phono::frequency{rate},
                                                                            static_cast<phono::oversampling>(oversampling)),
                            title);
    };
    functions.bias = [schematic] {
        const auto triodes = phono::bias(schematic);
        return std::vector<phono::tube_bias>{triodes.begin(), triodes.end()};
    };
    return functions;
}

}   // namespace command
