// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/matched_cartridge.hpp"

#include <phono/match/match_verdict.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// A cartridge's match in words, the same for people and for programs.

[[nodiscard]] std::string_view words(phono::match_grade grade) noexcept;
[[nodiscard]] std::string_view words(phono::rule_comparison comparison) noexcept;

/// Caveats on the figures: an unknown winding, a guessed kind.
[[nodiscard]] std::vector<std::string> notes(const matched_cartridge& matched);

/// `the coil is 40 Ohm (above 20 Ohm)`.
[[nodiscard]] std::string finding(const phono::match_rule& rule, const phono::cartridge_match& figures, phono::input_mode mode);

/// The verdict on one input in a few words: `suits, but not as set`.
[[nodiscard]] std::string summary(const phono::match_verdict& verdict);

/// Which input to choose and why, in a sentence or two.
[[nodiscard]] std::string overall(const phono::cartridge_match& figures, const phono::match_verdict& voltage,
                                  const phono::match_verdict& transimpedance);

}   // namespace command
