// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/matched_cartridge.hpp"

#include <phono/match/match_verdict.hpp>

#include <array>
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
[[nodiscard]] std::string finding(const phono::match_rule& rule, double value);

/// The verdicts on the inputs, in the order of input_mode.
using match_verdicts = std::array<phono::match_verdict, 3>;
[[nodiscard]] match_verdicts verdicts_of(const phono::cartridge_match& figures);

/// The verdict on one input in a few words: `suits, but not as set`.
[[nodiscard]] std::string summary(const phono::match_verdict& verdict);

/// `voltage`, `transimpedance`, `transformer`, `either` or `neither`.
[[nodiscard]] phono::match_choice choice_of(const phono::cartridge_match& figures, const match_verdicts& verdicts);

/// Which input to choose and why, in some sentences, each of which follows from a figure.
[[nodiscard]] std::string overall(const matched_cartridge& matched, const match_verdicts& verdicts);

}   // namespace command
