// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/amplifiers.hpp>

#include <string>

namespace command {

/// The amplifier of the catalogue with the name that --amplifier gives, in any case. An unknown one is a failure that names the nearest.
[[nodiscard]] const phono::catalogue::entry<phono::amplifier_sheet>& find_amplifier(const std::string& name);

}   // namespace command
