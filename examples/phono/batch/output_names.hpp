// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"
#include "batch/sound_files.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace command {

/// Each file with its output below the folder: in the same place, under the same name, with the extension given (without its dot) or that
/// of the input. Two files with the same output are a failure, and so is an output that is an input or whose kind of file cannot be
/// written.
[[nodiscard]] std::vector<job> with_outputs(const std::vector<found_file>& files, const std::filesystem::path& folder,
                                            const std::string& extension);

/// Throws if that file is an input or an output of the run.
void require_apart(const std::filesystem::path& file, const std::vector<job>& run);

}   // namespace command
