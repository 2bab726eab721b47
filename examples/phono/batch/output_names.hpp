// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"
#include "batch/sound_files.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace command {

/// Each file with its output below the folder: in the same place, under the same name, with the extension given (without its dot) or that
/// of the input. Two files with the same output are a failure, and so is an output that is an input. A file that is not there, or whose kind
/// cannot be written, is a fault of its own job.
[[nodiscard]] std::vector<job> with_outputs(const std::vector<found_file>& files, const std::filesystem::path& folder,
                                            const std::string& extension);

/// Throws if that file is an input or an output of the run, whatever links lead there.
void require_apart(const std::filesystem::path& file, const std::vector<job>& run);

/// Whether a recording stands there that says that phono has made it.
[[nodiscard]] bool is_recording_by_phono(const std::filesystem::path& file);

/// Throws if anything stands there that is not a recording of phono's making, by what it says itself: a transfer, perhaps, of which there is
/// no other copy, whether phono can read it or not.
void require_own_recording(const std::filesystem::path& out);

}   // namespace command
