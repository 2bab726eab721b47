// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string>

namespace command {

/// The name under which process `pid` writes a file before it is whole: `.NAME.phono-PID.partial`; further attempts, from 1, are numbered.
/// A name so long that this would not fit into `most` bytes is cut.
[[nodiscard]] std::string partial_name(const std::string& name, long pid, int attempt, std::size_t most);

/// Removes what runs that were killed (`kill -9`, a power failure) left of a file: partial files whose process is gone and which no process
/// of another machine or container holds locked. A folder is listed once per run of the program.
void remove_leftovers(const std::filesystem::path& folder, const std::string& name, std::size_t most);

}   // namespace command
