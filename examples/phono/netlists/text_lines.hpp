// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace command {

/// The lines of a text's file in UTF-8, without what ends them. `asked_by` stands before the name in failures; it may be empty, and then `-`
/// is the standard input. A file of more than so many bytes, or one that holds no text, is a failure.
[[nodiscard]] std::vector<std::string> lines_of(const std::string& file, const std::string& asked_by, std::size_t most_bytes);

}   // namespace command
