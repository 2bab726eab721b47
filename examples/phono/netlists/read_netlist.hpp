// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/netlist_argument.hpp"
#include "netlists/netlist_text.hpp"

#include <phono/circuit/fault.hpp>
#include <phono/netlist/netlist_reading.hpp>

#include <string>
#include <vector>

namespace command {

/// A netlist's file and what was read of it.
struct read_netlist {
    netlist_argument asked;
    netlist_text source;
    phono::netlist_reading reading;
    std::string title;   ///< of its title line, or the file's name

    /// By what a recording that was played through it says so: its file, what was set, and a number that another text would not have.
    [[nodiscard]] std::string words() const;
    /// The notes of the reader, and before them one for each library that is not there and of which nothing is asked for.
    [[nodiscard]] std::vector<phono::netlist_note> notes() const;
    /// A note with its place: `stage.cir:7: X1: ...`.
    [[nodiscard]] std::string told(const phono::netlist_note& note) const;
    /// What is wrong with the circuit, with the place of its part: `stage.cir:7: X1: must have ...`.
    [[nodiscard]] std::string told(phono::fault found) const;
    /// Where a part, valve or amplifier of this name stands; the file where there is none.
    [[nodiscard]] std::string place_of(std::string_view part) const;
    /// What the netlist calls its triodes, or its amplifiers, in the order of the circuit.
    [[nodiscard]] std::vector<std::string> names_of(phono::netlist_device::device_kind kind) const;
    /// The subcircuits, or of those outside the parts, that amplify by controlled sources, which make no noise.
    [[nodiscard]] std::vector<std::string> noiseless() const;
};

/// Reads a netlist, once, with the values that --set gives its parts. Throws a failure where the reader finds a mistake: `stage.cir:5: R5: ...`.
///
/// It stays as long as the program runs, because the names of its parts, which circuits and their reports refer to, are in it.
[[nodiscard]] const read_netlist& read_netlist_of(const netlist_argument& given);

}   // namespace command
