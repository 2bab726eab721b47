// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace command {

/// A script for bash that completes commands, options, the words that an option is limited to, the catalogue's names and files.
[[nodiscard]] std::string bash_completion(const CLI::App& app);

}   // namespace command
