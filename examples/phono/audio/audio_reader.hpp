// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "audio/sample_source.hpp"
#include "containers/byte_source.hpp"
#include "containers/sound_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// Reads a recording as doubles with full scale at 1.0; floating-point samples are not scaled or clipped. All that it hands over is finite
/// and within phono::largest_input<double>.
class audio_reader {
public:
    /// `-` is the standard input; that and every other pipe is read once, in order. `recover` takes what is there of a file whose header
    /// and length contradict each other; without it such a file is a failure.
    explicit audio_reader(const std::filesystem::path& file, bool recover = false);

    /// Of a pipe, the chunks behind the sound are among these once `read` has returned 0.
    [[nodiscard]] const recording& about() const noexcept { return about_; }
    /// In words, where the samples need a decoder: what they are, behind what the file is if it is of another kind than `file_kind` has.
    [[nodiscard]] std::string kind() const { return samples_->kind(); }
    /// What was assumed about a damaged file and what of it is not carried, a sentence each. Of a pipe and of FLAC all is known only once
    /// `read` has returned 0.
    [[nodiscard]] const std::vector<std::string>& assumptions() const noexcept { return samples_->assumptions(); }

    /// Fills the channels as far as the file goes; returns the frames read, 0 at the end. A file shorter than its header says is a
    /// failure, one without samples too, and so is a sample that is infinite, not a number or beyond the library's range.
    std::size_t read(const channel_spans& channels);

private:
    void open_layout(bool recover);
    void open_other(bool recover);
    void require_supported() const;

    std::unique_ptr<byte_source> source_;
    std::optional<sound_layout> layout_;
    std::unique_ptr<sample_source> samples_;
    recording about_;
    bool is_bounded_ = false;     ///< integers, none of which is beyond full scale
    std::int64_t position_ = 0;   ///< in frames
};

}   // namespace command
