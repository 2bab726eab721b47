// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "netlists/read_netlist.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/circuit/circuit.hpp>

#include <optional>
#include <string>
#include <vector>

namespace command {

/// True for a triode whose plate takes a current: a billionth of an ampere or more. One that takes none has no mu and no plate resistance.
[[nodiscard]] bool conducts(const phono::tube_bias& at_rest) noexcept;

/// A sentence for each triode that does not conduct, with its place and what is likely wrong:
/// `stage.cir:7: XU1 does not conduct: its plate is at 0 V; is a supply missing?`
[[nodiscard]] std::vector<std::string> dead_valves(const read_netlist& read, const phono::circuit<phono::bounded_size>& circuit);

/// A resistor and an inductor in series with a source, as a cartridge is drawn.
struct drawn_coil {
    int source = 0;                   ///< its place among the parts
    std::vector<std::string> parts;   ///< as R1 and L1
    phono::node behind{};             ///< where they lead
};

/// The coil behind the source that drives a circuit; nothing where there is none.
[[nodiscard]] std::optional<drawn_coil> coil_behind_drive(const phono::bounded_netlist& parts);

/// A coil that leads from a source without signal to the node that is driven: the cartridge of a netlist that is entered behind it.
[[nodiscard]] std::optional<drawn_coil> coil_left_behind(const phono::bounded_netlist& parts);

/// What a node is called, with what stands for nameless ones.
[[nodiscard]] std::string name_of(const phono::netlist_reading& reading, phono::node n);

}   // namespace command
