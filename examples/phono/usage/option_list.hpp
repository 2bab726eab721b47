// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace command {

/// What can be typed for an option or a file of a subcommand, for texts that are made of all of them.
struct listed_option {
    std::string name;                       ///< as typed: `--curve`; of a file `IN`
    std::vector<std::string> spellings{};   ///< of an option, its name first: `--normalise`, `--normalize`
    std::string value;                      ///< what follows it: `CURVE`; empty for a flag
    std::vector<std::string> choices{};     ///< where only these may follow
    std::string description;
    std::string fallback{};   ///< what holds if it is not given, where the text says so
    bool is_positional = false;
    bool is_required = false;
    bool takes_several = false;   ///< any number of words
    int values = 0;               ///< how many words follow it
};

/// In the order of their declaration, those in option groups too.
[[nodiscard]] std::vector<listed_option> options_of(const CLI::App& subcommand);

/// Those that a user is shown, in the order of their declaration.
[[nodiscard]] std::vector<const CLI::App*> subcommands_of(const CLI::App& app);

}   // namespace command
