// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace command {

/// A text as a field of a table of comma-separated values: in quotes where it needs them, as a file's name may.
[[nodiscard]] inline std::string csv_field(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

}   // namespace command
