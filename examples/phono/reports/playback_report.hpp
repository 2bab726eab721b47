// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"

#include <string>
#include <vector>

namespace command {

/// The one line that `play` and `equalise` print for a file.
[[nodiscard]] std::string report_line(const job& file, const transformation& what, const outcome& result);

/// What the user should know of a file, a sentence each: its reader's and its writer's warnings, samples that were clipped with the --gain
/// that would have avoided it, samples for which the tubes had no solution.
[[nodiscard]] std::vector<std::string> warnings(const job& file, const transformation& what, const outcome& result);

}   // namespace command
