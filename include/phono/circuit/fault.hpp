// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>

namespace phono {

/// What is wrong with a schematic: which part, what value it has, which rule it breaks. False where nothing is wrong. to_string(fault) of
/// print.hpp makes a sentence of it.
struct fault {
    const char* part = "";              ///< "loading.resistance", "magnetic_cartridge.inductance" ...
    std::optional<double> value = {};   ///< in the part's SI unit; none where no one value is to blame
    const char* rule = "";              ///< what would be right
    int block = -1;                     ///< the place of the block in its chain, from 0; -1 for the schematic as a whole
    const char* unit = "";              ///< of the value: "Ohm", "F" ...

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return *rule != '\0'; }
};

}   // namespace phono
