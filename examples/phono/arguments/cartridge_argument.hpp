// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace command {

/// A cartridge, what stands across it, and the transformer between the two, as the command line has them.
struct loaded_cartridge_argument {
    std::string option{};      ///< that names it: --cartridge, --undo-cartridge
    std::string cartridge{};   ///< a name of the catalogue, or the coil as `1.3k,650m`
    std::string load{};        ///< `47k,250p`
    std::string step_up{};     ///< `1:10`
};

/// Resistance and what follows it after a comma, in SI units; 0 where nothing follows.
struct value_pair {
    double resistance{};
    double other{};
};

/// `1.3k,650m` or `1.3kOhm,650mH`: a coil's resistance and inductance. Nothing if the text is a name; what is neither is a failure.
[[nodiscard]] std::optional<value_pair> parse_coil(std::string_view option, std::string_view text);

/// `47k,250p` or `47k`: resistance and capacitance, cable included. Anything else is a failure.
[[nodiscard]] value_pair parse_load(std::string_view text);

/// `1:10`, or `10`: secondary turns over primary; 1 where the text is empty. Anything else is a failure.
[[nodiscard]] double parse_step_up(std::string_view text);

}   // namespace command
