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

/// What was found, and what was passed over though somebody may have meant it.
struct found_files {
    std::vector<found_file> all;
    std::vector<std::filesystem::path> hidden;          ///< sound files, and folders
    std::vector<std::filesystem::path> passed_over;     ///< files under names that are neither a recording's nor a companion's
    std::vector<std::filesystem::path> among_outputs;   ///< sound files in an output folder that lies within a folder that was searched
};

/// The inputs themselves where they are files, and of folders what is in them and in their subfolders under the extension of a sound file
/// that can be read, in alphabetical order. Links are followed, but not to a folder that they stand in. Hidden files and folders, pipes and
/// the output folder are passed over, and so is without a word what plainly goes along with recordings: texts, pictures, logs, checksums,
/// cue sheets. Every other file may be a recording (`side.m4a`, `side.wav.bak`, `side`) and is in `passed_over`. A folder that cannot be
/// read or holds no sound file is a failure.
[[nodiscard]] found_files sound_files(const std::vector<std::string>& inputs, const std::filesystem::path& output_folder);

/// All of them by name, in one line: `side.m4a, side.wv`; empty for none.
[[nodiscard]] std::string words_of(const std::vector<std::filesystem::path>& files);

}   // namespace command
