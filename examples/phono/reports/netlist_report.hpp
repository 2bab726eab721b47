// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/bias.hpp>
#include <phono/math/rational.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace command {

/// What was understood of a netlist.
struct netlist_report {
    struct part {
        std::string name, place;   ///< the place is `stage.cir:5`
        double value{};
        std::string unit, from, to;
        double count = 1.0;                  ///< of these in parallel, m=
        std::optional<double> tolerance{};   ///< tol=, per cent
    };
    struct node {
        std::string name;
        std::optional<double> volts;   ///< at rest; nothing where DC does not determine them
    };
    /// A valve or an amplifier, and what it was taken for.
    struct device {
        std::string name, place, taken_for;
    };
    struct valve : device {
        phono::tube_bias at_rest{};
    };

    std::string file, title;
    std::string input, output;   ///< nodes
    std::vector<part> parts{};
    std::vector<node> nodes{};
    std::vector<valve> valves{};
    std::vector<device> amplifiers{};
    std::vector<std::string> notes{};   ///< what else was done with the text, and where
    phono::math::rational transfer{};   ///< from input to output
    double gain_db{}, phase_deg{};      ///< at 1 kHz
    std::string fault{};                ///< why it cannot run; empty where nothing is wrong
    std::string fault_at{};             ///< `stage.cir:5`, or the file
};

void print_netlist(std::ostream& out, const netlist_report& report);
void print_netlist_json(std::ostream& out, const netlist_report& report);

}   // namespace command
