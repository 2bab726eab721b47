// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "support/byte_output.hpp"
#include "support/output_stream.hpp"
#include "support/partial_file.hpp"
#include "writers/sound_writer.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace command {

/// Writes WAV, RF64, Wave64, FLAC, AIFF or CAF, by the file's extension; a WAV that grows beyond 4 GiB becomes RF64. Nothing appears under
/// the name before `finish`. `-` and FIFOs are streams: WAV with sizes of all ones, which become those of the file where the standard output
/// is one, or FLAC or CAF where a FIFO's name says so. The same input gives the same bytes.
class audio_writer {
public:
    /// `about` gives rate, channels, loudspeakers and the expected number of frames, and `chunks` are stored beside the sound; `about`'s
    /// own chunks are not. Those that describe the sound itself (`fmt `, `COMM`, `STREAMINFO`, `SEEKTABLE`, `PEAK` ...) are left out.
    audio_writer(const std::filesystem::path& file, const recording& about, sample_format format, const std::vector<chunk>& chunks,
                 existing_file existing = existing_file::replace);

    audio_writer(const audio_writer&) = delete;
    audio_writer& operator=(const audio_writer&) = delete;

    /// Integer formats: 32 bits, the sample in the upper bits. Floating-point formats: full scale at 1.0; finite in the file's format.
    void write(std::span<const std::int32_t> interleaved) { writer_->write(interleaved); }
    void write(std::span<const double> interleaved) { writer_->write(interleaved); }

    /// Completes the file and lets it appear. Returns what the user should know of it, a sentence, if there is anything.
    std::optional<std::string> finish();

private:
    std::filesystem::path path_;
    std::optional<partial_file> partial_;   // one of the two
    std::optional<output_stream> stream_;
    std::optional<byte_output> out_;
    std::unique_ptr<sound_writer> writer_;
};

/// Throws unless that recording can be stored under that name in that format, as far as can be told before it is written: the limits of the
/// container, the folder, the name, permissions. Touches no file.
void require_storable(const std::filesystem::path& file, const recording& about, sample_format format);

}   // namespace command
