// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

namespace phono::inline v0_2 {

/// What is wrong with a schematic: the part, its value and the rule that it breaks. Converts to false where nothing is wrong.
/// to_string(fault) in print.hpp makes a sentence of it.
struct fault {
    const char* part = "";              ///< "loading.resistance", "magnetic_cartridge.inductance" ...
    std::optional<double> value = {};   ///< in the part's SI unit; none where no single value is at fault
    const char* rule = "";              ///< the rule that is broken, as "must be above zero"
    int block = -1;                     ///< the position of the block in its chain, from 0; -1 for the schematic as a whole
    const char* unit = "";              ///< of the value: "Ohm", "F" ...

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return *rule != '\0'; }
};

}   // namespace phono::inline v0_2
