// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/match_argument.hpp"

#include <phono/analysis/step_response.hpp>
#include <phono/match/cartridge_match.hpp>
#include <phono/match/mending_capacitor.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// A cartridge on its inputs, whatever its type.
struct matched_cartridge {
    std::string name;        ///< of the catalogue; empty where the values were given
    std::string title;       ///< for people
    std::string source;      ///< of the values
    std::string guess;       ///< how its kind was guessed, if it was not given
    std::string amplifier;   ///< of the voltage and the trans-impedance input, for people
    phono::cartridge_match figures;
    std::array<phono::step_response, 3> steps;   ///< in the order of input_mode; the last counts for moving coils only
    std::optional<phono::mended_loop> mending;   ///< of a trans-impedance input that rings
    std::function<double(double hertz)> voltage_db, transimpedance_db, transformer_db;   ///< EMF to output; the last of moving coils only
};

/// Throws a failure where the arguments contradict each other, or leave out what is needed.
[[nodiscard]] matched_cartridge match_cartridge(const cartridge_argument& which, const input_arguments& inputs);

/// Every coil cartridge of the catalogue.
[[nodiscard]] std::vector<matched_cartridge> match_all(const input_arguments& inputs);

}   // namespace command
