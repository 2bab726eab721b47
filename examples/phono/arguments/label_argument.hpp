// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/curve_argument.hpp"

#include <optional>
#include <string_view>

namespace command {

/// A label and a year, and a speed where the label's discs of that year differed: `columbia 1941`, `Columbia 1949 33`, `HMV, 1935`. The
/// name of the argument is that of the catalogue's curve. Nothing where the text does not end in a year; a failure that says what is known
/// where label, year or speed fit nothing, or where the speed is wanted and not given.
[[nodiscard]] std::optional<curve_argument> parse_label(std::string_view text);

}   // namespace command
