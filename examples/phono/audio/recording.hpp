// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/chunk.hpp"
#include "audio/sample_format.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace command {

/// The kind of a file that was read. Of `other`, which libsndfile decodes, only the sound is read.
enum class file_kind { wav, rf64, bw64, wave64, aiff, aiff_c, caf, flac, other };

/// The properties of a recording, apart from its samples.
struct recording {
    file_kind kind = file_kind::other;
    int sample_rate{};   ///< Hz
    int channels{};
    std::optional<std::int64_t> frames{};   ///< nothing where the file does not say, as in a stream written to a pipe
    sample_format format{};                 ///< the nearest of ours: what `--format` defaults to
    std::uint32_t speakers{};               ///< the channel mask of WAVEFORMATEXTENSIBLE, 0 where the file names no loudspeakers
    std::vector<chunk> chunks{};            ///< in the file's order; those behind the sound of a pipe are not known when it is opened
};

}   // namespace command
