// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace command {

/// A sound file and its place below the folder that was given, which its output keeps below the output folder.
struct found_file {
    std::filesystem::path path;
    std::filesystem::path place;
};

/// The inputs themselves where they are files, and of folders what is in them and in their subfolders under the extension of a sound file,
/// in alphabetical order; hidden files, pipes, links to folders and the output folder are left out. A folder that cannot be read or holds
/// no sound file is a failure.
[[nodiscard]] std::vector<found_file> sound_files(const std::vector<std::string>& inputs, const std::filesystem::path& output_folder);

}   // namespace command
