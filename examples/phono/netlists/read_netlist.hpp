// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/netlist_argument.hpp"
#include "netlists/netlist_text.hpp"

#include <phono/netlist/netlist_reading.hpp>

#include <string>

namespace command {

/// A netlist's file and what was read of it.
struct read_netlist {
    netlist_text source;
    phono::netlist_reading reading;
    std::string title;   ///< of its title line, or the file's name

    /// A note of the reader with its place: `stage.cir:7: X1: ...`.
    [[nodiscard]] std::string told(const phono::netlist_note& note) const;
};

/// Reads a netlist with the values that --set gives its parts. Throws a failure where the reader finds a mistake: `stage.cir:5: R5: ...`.
///
/// It stays as long as the program runs, because the names of its parts, which circuits and their reports refer to, are in it.
[[nodiscard]] const read_netlist& read_netlist_of(const netlist_argument& given);

}   // namespace command
