// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/sample_format.hpp"
#include "support/partial_file.hpp"

#include <sndfile.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace command {

struct close_sound_file {
    void operator()(SNDFILE* file) const noexcept { sf_close(file); }
};
using sound_file = std::unique_ptr<SNDFILE, close_sound_file>;

/// The properties of a recording, apart from its samples.
struct recording {
    int sample_rate{};   ///< Hz
    int channels{};
    std::optional<std::int64_t> frames{};   ///< nothing where the file does not say, as in a stream written to a pipe
    sample_format format{};                 ///< the nearest of ours: what `--format` defaults to
    bool extensible{};                      ///< a WAV file that names its loudspeakers
};

/// Reads any sound file that libsndfile knows, as doubles with full scale at 1.0; floating-point samples are not scaled or clipped. All that
/// it hands over is finite and within phono::largest_input<double>.
class audio_reader {
public:
    explicit audio_reader(const std::filesystem::path& file);

    [[nodiscard]] const recording& about() const noexcept { return about_; }
    [[nodiscard]] SNDFILE* handle() const noexcept { return file_.get(); }

    /// Fills `interleaved` as far as the file goes; returns the frames read, 0 at the end. A file shorter than its header says is a
    /// failure, one without samples too, and so is a sample that is infinite, not a number or beyond the library's range.
    std::size_t read(std::span<double> interleaved);

private:
    std::filesystem::path path_;
    sound_file file_;
    recording about_;
    std::int64_t position_ = 0;   ///< in frames
};

/// Writes WAV, RF64, FLAC or AIFF, by the file's extension. Nothing appears under the name before `finish`.
class audio_writer {
public:
    /// `source` gives rate, channels and expected length; tags, markers and loudspeaker positions are copied from it.
    audio_writer(const std::filesystem::path& file, const audio_reader& source, sample_format format);

    /// Integer formats: 32 bits, the sample in the upper bits. Floating-point formats: full scale at 1.0; finite in the file's format.
    void write(std::span<const std::int32_t> interleaved);
    void write(std::span<const double> interleaved);

    void finish();

private:
    void require(sf_count_t written, std::size_t wanted) const;

    std::filesystem::path path_;
    partial_file partial_;
    sound_file file_;
};

/// Throws unless that recording can be stored under that name in that format; touches no file.
void require_storable(const std::filesystem::path& file, const recording& about, sample_format format);

}   // namespace command
