// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/matched_cartridge.hpp"

#include <iosfwd>
#include <vector>

namespace command {

/// Figures side by side, then the verdicts: for people.
void print_match(std::ostream& out, const matched_cartridge& matched);

/// The same as JSON: every rule that holds, with its value; SI units in the keys; null where there is no limit or no value.
/// With its steps, if they are asked for.
void print_match_json(std::ostream& out, const matched_cartridge& matched, bool with_steps = false);

/// A line for each input: the cartridge, and the figures and grades of print_match_json under the same names; empty where there is none.
void print_match_csv(std::ostream& out, const matched_cartridge& matched);

/// What becomes of a step: times in seconds, evenly spaced on a logarithmic axis, and of each input the step over where it settles.
struct step_table {
    std::vector<double> times;
    std::vector<std::vector<double>> inputs;   ///< in the order of input_mode; no transformer for a magnetic cartridge
};
[[nodiscard]] step_table steps_of(const matched_cartridge& matched);

/// A line for each time.
void print_steps_csv(std::ostream& out, const matched_cartridge& matched);

/// One table over many cartridges, and between what the gain of each input lies: for people.
void print_matches(std::ostream& out, const std::vector<matched_cartridge>& all);

/// An array of what print_match_json says of each.
void print_matches_json(std::ostream& out, const std::vector<matched_cartridge>& all);

/// The lines of print_match_csv for each, in one table.
void print_matches_csv(std::ostream& out, const std::vector<matched_cartridge>& all);

}   // namespace command
