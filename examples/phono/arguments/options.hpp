// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/kernel_options.hpp"
#include "arguments/preamp_options.hpp"
#include "audio/transform.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace command {

/// Turns a number from `lowest` to `highest`, with or without its unit and a prefix before that, into a plain number: `3`, `3dB`,
/// `44.1 kHz`. Refuses anything else, infinities and NaN included. For `transform`, which lets it change the text; after `check` a unit is
/// not understood.
[[nodiscard]] CLI::Validator within(double lowest, double highest, const std::string& unit);

/// The options that `play` and `equalise` share: --format, --precision, --phase, --no-dither, --recover, --again.
class file_options {
public:
    void add_to(CLI::App& app);

    /// Throws a failure where an option's text is invalid. The caller fills in the signal path and the gain.
    [[nodiscard]] transformation settings() const;
    [[nodiscard]] kernel_options kernel() const;

private:
    std::string format_, precision_ = "double", phase_ = "minimum";
    bool no_dither_ = false, recover_ = false, again_ = false;
};

/// --curve, --preamp or --netlist, one of them, for the subcommands that are about any.
void add_subject(CLI::App& app, std::string& curve, preamp_options& preamp, const std::string& about_preamp,
                 preamp_options::nodes names = preamp_options::nodes::of_short_names);

/// --phase by itself, for the subcommands without files.
void add_phase(CLI::App& app, std::string& text);
[[nodiscard]] phono::phase parse_phase(const std::string& text) noexcept;

}   // namespace command
