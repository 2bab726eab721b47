// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"

#include <string_view>

namespace command {

/// The one line that `play` and `equalise` end with, on the standard output; a warning on the error stream if samples were
/// clipped, with the --gain that would have avoided it.
void report(const transformation& job, const outcome& result, std::string_view title);

}   // namespace command
