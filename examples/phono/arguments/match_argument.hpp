// SPDX-License-Identifier: BSL-1.0
#pragma once

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

}   // namespace command
