// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace command {

/// A number as a speed is written: `78`, `76.59`, `33 1/3`, `45 rpm`. `33` and `16` are the names of 33 1/3 and 16 2/3. Nothing if the text
/// is not one.
[[nodiscard]] std::optional<double> parse_turns(std::string_view text);

/// `78/33 1/3` - the disc's own speed over the one at which it was transferred - or their ratio as one number; 1 where the text is empty.
/// Anything else, and a ratio beyond 0.1 to 10, is a failure that names the option.
[[nodiscard]] double parse_speed(std::string_view option, std::string_view text);

}   // namespace command
