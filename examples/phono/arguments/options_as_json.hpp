// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/json.hpp"

#include <CLI/CLI.hpp>

namespace command {

/// Every option of a subcommand that was parsed, under its name without dashes: a flag as true or false, another as the text that was given,
/// or its default, or null where it has none.
[[nodiscard]] json options_as_json(const CLI::App& subcommand);

}   // namespace command
