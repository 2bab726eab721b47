// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace command {

/// The manual page phono(1) in man's macros, made of the subcommands and options as they are declared.
[[nodiscard]] std::string manual_page(const CLI::App& app);

}   // namespace command
