// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/cartridge_match.hpp>

#include <functional>
#include <optional>
#include <string>

namespace command {

/// The cartridge that `match` is about, as the command line has it: by name, or by its values in SI units.
struct cartridge_argument {
    std::string name, kind;
    std::optional<double> resistance, inductance, output;
};

/// The inputs as the command line has them, in SI units; the load follows the cartridge unless it is given.
struct input_arguments {
    std::optional<double> load;
    double cable = 100e-12;
    double open_loop_gain = 1e5;
    double gain_bandwidth = 10e6;
    double feedback = 1e3;
    double gain_db = 40.0;
};

/// A cartridge on both inputs, whatever its type.
struct matched_cartridge {
    std::string name;     ///< of the catalogue; empty where the values were given
    std::string title;    ///< for people
    std::string source;   ///< of the values
    std::string guess;    ///< how its kind was found, where nobody said
    phono::cartridge_match figures;
    std::function<double(double hertz)> voltage_db, transimpedance_db;   ///< EMF to output
};

/// Throws a failure where the arguments contradict each other, or leave out what is needed.
[[nodiscard]] matched_cartridge match_cartridge(const cartridge_argument& which, const input_arguments& inputs);

}   // namespace command
