// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/circuit/triode_law.hpp>
#include <phono/math/rational.hpp>
#include <phono/network/node.hpp>

namespace phono {

enum class part_kind { resistor, series_resistor, capacitor, inductor, voltage_source, current_source, amplifier, transconductance };

/// Which values a part may have.
enum class value_rule { positive, not_negative, finite };

/// One part of a netlist, between two nodes; a controlled source also has its two controlling nodes.
struct part {
    part_kind kind{};
    node a{}, b{};
    node plus{}, minus{};
    double value = 0.0;   ///< in the SI unit; for a controlled source volts per volt or siemens
    const char* name = "";
    int block = -1;
    double emf = 0.0;   ///< volts DC: of a voltage source, or in series with a resistor, plus at `a`

    /// True if the current through it is an unknown of its own.
    constexpr bool is_branch() const noexcept
    {
        return kind == part_kind::series_resistor || kind == part_kind::inductor || kind == part_kind::voltage_source ||
               kind == part_kind::amplifier;
    }
};

/// A buffered block given by its transfer function, or (inverted) by one over it.
struct ideal_factor {
    math::rational transfer;
    bool inverted = false;
    node out{};   ///< of its buffer; ground for what scales the source
};

/// A triode of a netlist: its nodes, its law, and where the parts begin that stand for it at small signals.
struct triode_port {
    node plate{}, grid{}, cathode{};
    any_law law{};
    int first_part = 0;
    double vgk = 0.0, vpk = 0.0;   ///< the operating point, once found
};

/// How much a netlist has to hold: a constant of the types of its blocks.
struct netlist_size {
    int nodes = 0;   ///< without ground
    int parts = 0;
    int branches = 0;     ///< parts whose current is an unknown
    int reactances = 0;   ///< capacitors and inductors
    int factors = 0;
    int marks = 0;
    int triodes = 0;

    constexpr int unknowns() const noexcept { return nodes + branches; }
};

}   // namespace phono
