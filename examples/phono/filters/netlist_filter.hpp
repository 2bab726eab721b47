// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/netlist_argument.hpp"
#include "filters/filter.hpp"
#include "filters/other_cartridge.hpp"

namespace command {

/// A netlist as a filter, from its source or input node to its output: volts in, volts out.
[[nodiscard]] filter netlist_filter(const netlist_argument& given);

/// The same with a cartridge in place of the source: volts of EMF in. A transformer's turns multiply the coil only: the EMF is to be raised
/// by who asks. A load stands across the cartridge, beside what the netlist has there.
[[nodiscard]] filter netlist_filter(const netlist_argument& given, const other_cartridge& cartridge);

/// Warns where a netlist draws a coil behind its source and no input is named: a flat transfer played through it would pass a second
/// cartridge.
void warn_of_drawn_cartridge(const netlist_argument& given);

/// What a source sees of a netlist, as a resistor and a capacitor across it.
struct netlist_load {
    double ohms, farads;     ///< of the admittance at 1 kHz, and at 10 kHz; negative where it is not passive, or inductive
    double ohms_at_10_khz;   ///< where this is another resistance, the two parts do not say it all
};
[[nodiscard]] netlist_load load_of_netlist(const netlist_argument& given);

}   // namespace command
