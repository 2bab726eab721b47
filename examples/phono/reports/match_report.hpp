// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/matched_cartridge.hpp"

#include <iosfwd>
#include <vector>

namespace command {

/// Figures side by side, then the verdicts: for people.
void print_match(std::ostream& out, const matched_cartridge& matched);

/// The same as JSON: every rule that holds, with its value; SI units in the keys; null where there is no limit or no value.
void print_match_json(std::ostream& out, const matched_cartridge& matched);

/// One table over many cartridges, and between what the gain of each input lies: for people.
void print_matches(std::ostream& out, const std::vector<matched_cartridge>& all);

/// An array of what print_match_json says of each.
void print_matches_json(std::ostream& out, const std::vector<matched_cartridge>& all);

}   // namespace command
