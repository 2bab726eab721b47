// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/noise_figures.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace command {

/// The noise of one preamp, and what it was asked for.
struct preamp_noise {
    std::string name, title;   ///< as the command line has it, and for people
    noise_request asked;
    noise_figures found;
    bool is_netlist = false;                ///< whose parts have names of their own, and no blocks
    std::vector<std::string> noiseless{};   ///< of a netlist: what amplifies and is taken to make no noise
};

/// A weighting's word on the command line: none, riaa, a, riaa-a.
[[nodiscard]] std::vector<std::string> noise_weight_words();
[[nodiscard]] phono::noise_weight parse_noise_weight(const std::string& word);

/// The same for people: `unweighted`, `A-weighted`.
[[nodiscard]] std::string weighting(phono::noise_weight weight);

/// Sentences for people and, if asked for, a line for each part that makes a thousandth of the noise or more, the largest first.
void print_noise(std::ostream& out, const std::vector<preamp_noise>& all, bool with_parts);

/// The same as JSON with every part and the densities; SI units in the keys, null where there is no value.
void print_noise_json(std::ostream& out, const std::vector<preamp_noise>& all);

/// A line for each frequency: hertz, and the densities at the output and at the input; with a first column `name` where there is more than
/// one preamp.
void print_noise_csv(std::ostream& out, const std::vector<preamp_noise>& all);

}   // namespace command
