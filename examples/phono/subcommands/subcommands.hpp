// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

namespace command {

/// Each adds one subcommand, which runs once the command line has been parsed.
void add_play(CLI::App& app);
void add_equalise(CLI::App& app);
void add_response(CLI::App& app);
void add_coefficients(CLI::App& app);
void add_match(CLI::App& app);
void add_list(CLI::App& app);
void add_compare(CLI::App& app);
void add_info(CLI::App& app);
void add_spice(CLI::App& app);
void add_netlist(CLI::App& app);
void add_bias(CLI::App& app);
void add_distortion(CLI::App& app);
void add_tolerance(CLI::App& app);
void add_noise(CLI::App& app);
void add_overload(CLI::App& app);

/// About the command line itself, as it stands when they run.
void add_completion(CLI::App& app);
void add_manual(CLI::App& app);

}   // namespace command
