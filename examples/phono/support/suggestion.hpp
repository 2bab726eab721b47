// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// How names are compared: lower case, with `_` for `-` and for spaces, so that `Columbia-LP` is `columbia_lp`.
[[nodiscard]] std::string folded(std::string_view name);

/// The names nearest to a mistyped one, best first, as a sentence: `nearest: riaa, riaa_iec`.
[[nodiscard]] std::string nearest(std::string_view mistyped, const std::vector<std::string_view>& names);

}   // namespace command
