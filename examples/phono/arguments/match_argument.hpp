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

/// The inputs as the command line has them, in SI units; what follows the cartridge is empty unless it is given.
struct input_arguments {
    std::optional<double> load;
    std::string amplifier;                                  ///< a name of the catalogue
    std::optional<double> open_loop_gain, gain_bandwidth;   ///< in place of that amplifier's
    std::string step_up;                                    ///< `1:10`
    double cable = 100e-12;
    double feedback = 1e3;
    double feedback_capacitor = 0.0;
    double gain_db = 40.0;
};

}   // namespace command
