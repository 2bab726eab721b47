// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"

#include <CLI/CLI.hpp>

namespace command {

/// --cartridge, --load and --step-up, for subcommands about a curve or a preamp.
void add_cartridge(CLI::App& app, loaded_cartridge_argument& given);

/// The same for a recording whose cartridge and load are to be taken out, --undo-cartridge, and --limit.
void add_cartridge_removal(CLI::App& app, loaded_cartridge_argument& given, double& limit_db);

}   // namespace command
