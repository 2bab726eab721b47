// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace command {

/// A part's value as written in a schematic, in the SI unit: `40`, `1.5k`, `150u`, `0.3mV`, `100 pF`. Prefixes p n u m k M G, then the unit
/// or nothing. Nothing if the text is not such a value.
[[nodiscard]] std::optional<double> parse_part_value(std::string_view text, std::string_view unit) noexcept;

/// The same with a unit that may take no prefix: decibels, and numbers without a unit.
[[nodiscard]] std::optional<double> parse_quantity(std::string_view text, std::string_view unit) noexcept;

/// True above 0 and below an atto of any unit: no part has such a value, and what is divided by it may be infinite.
[[nodiscard]] bool is_slip(double value) noexcept;

/// Accepts a part's value from `lowest` to `highest`, turns it into a plain number, and refuses anything else, citing `example`.
[[nodiscard]] CLI::Validator part_value(double lowest, double highest, const std::string& unit, const std::string& example);

}   // namespace command
