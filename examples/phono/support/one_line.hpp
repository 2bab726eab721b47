// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <string>

namespace command {

/// A message in one line, whatever the names of files in it hold.
[[nodiscard]] inline std::string in_one_line(std::string message)
{
    std::replace(message.begin(), message.end(), '\n', ' ');
    return message;
}

}   // namespace command
