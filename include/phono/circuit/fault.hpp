// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace phono {

/// What is wrong with a schematic: which part, what value it has, which rule it breaks.
struct fault {
    const char* part = "";   ///< "loading.resistance", "magnetic_cartridge.inductance" ...
    double value = 0.0;      ///< in the part's SI unit
    const char* rule = "";   ///< what would be right
    int block = -1;          ///< the place of the block in its chain, from 0; -1 for the schematic as a whole

    constexpr explicit operator bool() const noexcept { return *rule != '\0'; }
};

}   // namespace phono
