// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "audio/sound_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace command {

/// Reads a recording as doubles with full scale at 1.0; floating-point samples are not scaled or clipped. All that it hands over is finite
/// and within phono::largest_input<double>.
class audio_reader {
public:
    /// `recover` takes what is there of a file whose header and length contradict each other; without it such a file is a failure.
    explicit audio_reader(const std::filesystem::path& file, bool recover = false);

    [[nodiscard]] const recording& about() const noexcept { return about_; }
    /// What was assumed about a damaged file, a sentence each.
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept { return assumptions_; }

    /// Fills `interleaved` as far as the file goes; returns the frames read, 0 at the end. A file shorter than its header says is a
    /// failure, one without samples too, and so is a sample that is infinite, not a number or beyond the library's range.
    std::size_t read(std::span<double> interleaved);

private:
    std::filesystem::path path_;
    sound_file file_;
    recording about_;
    std::vector<std::string> assumptions_;
    std::int64_t position_ = 0;   ///< in frames
};

}   // namespace command
