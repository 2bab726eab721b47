// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>

namespace command {

/// A text with spaces behind it, so that columns line up. A longer text stays as it is.
[[nodiscard]] inline std::string padded(const std::string& text, std::size_t width)
{
    return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

}   // namespace command
