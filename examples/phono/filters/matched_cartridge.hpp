// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/match_argument.hpp"

#include <phono/match/cartridge_match.hpp>

#include <functional>
#include <string>

namespace command {

/// A cartridge on both inputs, whatever its type.
struct matched_cartridge {
    std::string name;     ///< of the catalogue; empty where the values were given
    std::string title;    ///< for people
    std::string source;   ///< of the values
    std::string guess;    ///< how its kind was guessed, if it was not given
    phono::cartridge_match figures;
    std::function<double(double hertz)> voltage_db, transimpedance_db;   ///< EMF to output
};

/// Throws a failure where the arguments contradict each other, or leave out what is needed.
[[nodiscard]] matched_cartridge match_cartridge(const cartridge_argument& which, const input_arguments& inputs);

}   // namespace command
