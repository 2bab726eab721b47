// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/preferred_parts.hpp>
#include <phono/analysis/tolerance.hpp>

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace command {

/// What `phono tolerance` is asked to build, as the command line names it.
struct tolerance_argument {
    double resistors = 1.0, capacitors = 5.0, inductors = 5.0, cartridge = 0.0;   ///< %
    std::vector<std::string> parts;                                               ///< NAME=PERCENT
    std::string spread = "uniform";
    int builds = 1000, per_octave = 8;
    std::uint64_t seed = 1;
    double bound = 0.5;   ///< dB
    double from = 20.0, to = 20'000.0;
    std::string series;              ///< E96 or E24,E12 for resistors and capacitors; empty: none is searched
    std::vector<std::string> only;   ///< the parts to choose
    double level = 3.0;
};

/// Adds the options of that to a subcommand.
void add_tolerance(CLI::App& app, tolerance_argument& given);

/// The library's options; names are views into the argument, which must outlive them. Throws a failure where a text cannot be understood.
[[nodiscard]] phono::tolerance_options tolerance_options_of(const tolerance_argument& given);

/// The search that is asked for, if one is.
[[nodiscard]] std::optional<phono::preferred_search> search_of(const tolerance_argument& given);

}   // namespace command
