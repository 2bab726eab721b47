// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/processing_note.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace command {

/// A recording on its way from one file to another.
struct passage {
    std::filesystem::path in, out;
    recording from, to;       ///< `to` has the output's rate, channels, loudspeakers and frames
    sample_format format{};   ///< of the output
    displacement by{};
    bool swapped = false;   ///< its channels are no longer in their places
    processing_note note{};
    bool again = false;   ///< apply a playback curve without a word though one is on record
};

/// What goes with the sound, and what the user should know about it: a sentence each, which begins with the file's name.
struct carried_over {
    std::vector<chunk> chunks{};
    std::vector<std::string> warnings{};
};

[[nodiscard]] carried_over carry_over(const passage& recording);

/// What the file says of itself; of one whose chunks are not known (Ogg, MP3 ...) what TagLib finds in it. A pipe is gone by then: that its
/// texts are not known is said in `left_out`.
[[nodiscard]] annotations annotations_of(const std::filesystem::path& file, const recording& about);

}   // namespace command
