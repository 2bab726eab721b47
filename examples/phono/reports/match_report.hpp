// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/matched_cartridge.hpp"

#include <iosfwd>

namespace command {

/// Figures side by side, then the verdicts: for people.
void print_match(std::ostream& out, const matched_cartridge& matched);

/// The same as JSON: every rule that holds, with its value; SI units in the keys; null where there is no limit or no value.
void print_match_json(std::ostream& out, const matched_cartridge& matched);

}   // namespace command
