// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string_view>

namespace command {

/// Writes a whole file, or leaves the one that was there. Throws a failure.
void write_text(const std::filesystem::path& file, std::string_view text);

}   // namespace command
