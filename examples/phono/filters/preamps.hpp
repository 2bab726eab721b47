// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"
#include "arguments/netlist_argument.hpp"
#include "filters/filter.hpp"

namespace command {

/// A preamp as the command line names it, volts in, volts out. One of the catalogue is whole, from the cartridge's EMF to its output, or
/// from the point behind cartridge and load on, where a flat transfer stands; an unknown name is a failure that names the nearest. A netlist
/// is always whole, from its source or input.
[[nodiscard]] filter make_preamp(const preamp_argument& given, bool with_cartridge);

/// The same with another cartridge, whole: volts of EMF in. One of the catalogue keeps its own load, and its own transformer, unless others
/// are given; one whose own cartridge is no coil, or that has no load to replace, is a failure. Of a netlist the cartridge takes the
/// source's place, and a load stands beside what the netlist has.
[[nodiscard]] filter make_preamp(const preamp_argument& given, const loaded_cartridge_argument& cartridge);

/// The same with the transformer's turns, which are 1 where the preamp has a transformer of its own or needs none, left out: volts of EMF
/// times turns in.
struct stepped_preamp {
    filter preamp;
    double turns = 1.0;
};
[[nodiscard]] stepped_preamp make_stepped_preamp(const preamp_argument& given, const loaded_cartridge_argument& cartridge);

/// The same as the first, whole, where it has tubes; any other is a failure.
[[nodiscard]] filter make_tube_preamp(const preamp_argument& given);

}   // namespace command
