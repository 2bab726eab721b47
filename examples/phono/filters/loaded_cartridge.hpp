// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"
#include "filters/filter.hpp"
#include "filters/other_cartridge.hpp"

namespace command {

/// A cartridge with its transformer and load: volts of EMF in, volts across the load out. A coil without a load has the usual one: 47 kOhm
/// and no capacitance for a magnetic cartridge or behind a transformer, ten coils, but at least 100 Ohm, for a moving coil; a coil by its
/// values is a magnetic cartridge where it has an inductance. The transformer is ideal.
[[nodiscard]] filter loaded_cartridge(const loaded_cartridge_argument& given);

/// The same cartridge for a preamp to take in place of its own. A ceramic one is a failure.
[[nodiscard]] other_cartridge coil_of(const loaded_cartridge_argument& given);

/// Warns on standard error, once, of a load with more capacitance than cables and inputs have. To be called when nothing is left to refuse,
/// whose line would be the second.
void warn_of_large_load(const loaded_cartridge_argument& given);

}   // namespace command
