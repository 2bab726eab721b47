// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace command {

/// A warning on the error stream, once, although several parts of a report may find cause for it. One thread reads the command line.
void warn_once(const std::string& sentence);

}   // namespace command
