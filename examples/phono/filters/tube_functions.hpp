// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/schematic_functions.hpp"
#include "support/failure.hpp"

#include <phono/print.hpp>
#include <phono/tube_preamp.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace command {

/// The functions of a schematic with tubes: it runs at large signals, and its response is the small-signal one.
template <class Schematic>
[[nodiscard]] schematic_functions tube_functions_of(const Schematic& schematic)
{
    auto functions = small_signal_functions_of(schematic);
    functions.tube_processor = [schematic](const std::string& title, double rate, int oversampling) -> processor {
        const auto channel = std::make_shared<phono::tube_preamp<Schematic>>(schematic, phono::frequency{rate},
                                                                             static_cast<phono::oversampling>(oversampling));
        if (const auto& fault = channel->problem()) throw failure{title + ": " + phono::to_string(fault)};
        const auto late = std::max(0L, std::lround(channel->latency()));   // at a high rate it is slightly below 0
        return {[channel](std::span<double> block) { channel->process(block); }, static_cast<std::size_t>(late),
                tube_facts{channel->factor(), channel->accuracy(), [channel] { return channel->unsolved(); }}};
    };
    functions.bias = [schematic] {
        const auto triodes = phono::bias(schematic);
        return std::vector<phono::tube_bias>{triodes.begin(), triodes.end()};
    };
    return functions;
}

}   // namespace command
