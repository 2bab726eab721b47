// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"
#include "filters/filter.hpp"

#include <string_view>

namespace command {

/// A preamp of the catalogue, by name: whole, from the cartridge's EMF to its output, or from the point behind cartridge and
/// load on, where a flat transfer stands. Volts in, volts out. An unknown name is a failure that names the nearest.
[[nodiscard]] filter make_preamp(std::string_view name, bool with_cartridge);

/// A preamp of the catalogue with another cartridge, whole: volts of EMF in, volts out. It keeps its own load, and its own transformer,
/// unless others are given. One whose own cartridge is no coil, or that has no load to replace, is a failure.
[[nodiscard]] filter make_preamp(std::string_view name, const loaded_cartridge_argument& cartridge);

/// The same with the transformer's turns, which are 1 where the preamp has a transformer of its own or needs none, left out: volts of EMF
/// times turns in.
struct stepped_preamp {
    filter preamp;
    double turns = 1.0;
};
[[nodiscard]] stepped_preamp make_stepped_preamp(std::string_view name, const loaded_cartridge_argument& cartridge);

/// The same as the first, whole, among the preamps with tubes only.
[[nodiscard]] filter make_tube_preamp(std::string_view name);

}   // namespace command
