// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/text_file.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace command {

/// The option that names a text's file, and --overwrite for what phono has not made.
CLI::Option* add_output(CLI::App& app, const std::string& name, const std::string& about, text_file& file);

}   // namespace command
