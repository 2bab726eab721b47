// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>

namespace command {

/// Whether a FLAC file holds the last of the frames that its header announces, found without decoding those before: a file that was cut does
/// not. True, too, where the header announces no number.
[[nodiscard]] bool holds_its_last_frame(const std::filesystem::path& flac);

}   // namespace command
