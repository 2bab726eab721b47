// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace command {

/// Why a file that stands under an output's name is no output that can be kept.
struct output_fault {
    std::string words{};       ///< what is wrong, as `truncated: its header announces ...`; empty where nothing is in the file
    bool is_by_phono = true;   ///< it says so itself, or is empty: nothing is lost where it is made again
};

/// Whether an output that exists is empty, cut, or no recording at all: what stops an input, but for what only decoding all of it would
/// tell. Nothing where it is whole.
[[nodiscard]] std::optional<output_fault> fault_of_output(const std::filesystem::path& out);

/// How an output that exists, and is kept, differs from what this run would make of its input: by the note that phono left in it, by the
/// format of its samples, and by the length and the like that the input gives: `made with RIAA (3180/318/75 us), gain +6.13 dB; --overwrite
/// makes it again`. Nothing where it is the same.
[[nodiscard]] std::optional<std::string> difference_of_kept(const job& file, const transformation& what);

/// The gain in decibels that an output says it was made with; 0 where it says none.
[[nodiscard]] double gain_of_kept(const job& file);

}   // namespace command
