// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "audio/sound_file.hpp"
#include "support/partial_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace command {

/// Writes WAV, RF64, FLAC or AIFF, by the file's extension. Nothing appears under the name before `finish`.
class audio_writer {
public:
    /// `about` gives rate, channels, loudspeakers and the expected number of frames, and `chunks` are stored beside the sound; `about`'s own
    /// chunks are not.
    audio_writer(const std::filesystem::path& file, const recording& about, sample_format format, const std::vector<chunk>& chunks);

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
