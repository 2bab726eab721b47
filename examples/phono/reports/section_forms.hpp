// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/filter/biquads.hpp>

#include <string>
#include <vector>

namespace command {

/// What the text of a filter says about it.
struct section_heading {
    std::string title;
    std::string level;   ///< what its gain refers to
    double rate{};       ///< Hz
};

/// csv, json and those of other programs.
[[nodiscard]] std::vector<std::string> section_form_names();

/// Sections in cascade as the text that a program reads; the form is one of section_form_names().
[[nodiscard]] std::string section_text(const std::string& form, const section_heading& heading, const phono::biquad_cascade& sections);

}   // namespace command
