// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <string_view>

namespace command {

/// A preamp of the catalogue, by name: whole, from the cartridge's EMF to its output, or from the point behind cartridge and
/// load on, where a flat transfer stands. Volts in, volts out. An unknown name is a failure that names the nearest.
[[nodiscard]] filter make_preamp(std::string_view name, bool with_cartridge);

/// The same, whole, among the preamps with tubes only.
[[nodiscard]] filter make_tube_preamp(std::string_view name);

}   // namespace command
