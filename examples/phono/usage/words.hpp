// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace command {

/// The words behind the program's name, ready for the parser. An unknown command, an unknown option and a word too many are failures that
/// name them in the order in which they were typed, with what is nearest to them. A file whose name begins with a dash becomes `./-name`,
/// which is the same file: everything behind `--`, and before it what has an extension or exists.
[[nodiscard]] std::vector<std::string> checked_words(const CLI::App& app, const std::vector<std::string>& typed);

}   // namespace command
