// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

namespace phono::inline v0_2 {

/// A part of a netlist that is to have another value than its text says, in the SI unit: {"R5", 47e3}, {"X1.C2", 1e-9}.
struct netlist_setting {
    std::string_view part;
    double value = 0.0;
};

/// A file that a netlist includes, by the name under which it does.
struct netlist_file {
    std::string_view name;
    std::string_view text;
};

/// How a netlist is to be read.
struct netlist_choice {
    /// The node that is driven, or the source that drives; empty: the source that has AC in the text, or else the node `in` (or `/in`).
    std::string_view input{};
    /// The node of the output; empty: `out` (or `/out`).
    std::string_view output{};
    std::span<const netlist_setting> settings{};
    /// The files that .include and .lib name. One that is not among them is a problem, with its name as missing_file: read it and try
    /// again.
    std::span<const netlist_file> files{};
    /// LTspice puts 1 mOhm in series with every inductor without Rser, and does not say so; here only if this is true.
    bool has_coil_resistance = false;
};

}   // namespace phono::inline v0_2
