// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/chunk.hpp"
#include "audio/sample_format.hpp"

#include <cstdint>
#include <vector>

namespace command {

/// What a file to be written holds, apart from its samples.
struct sound_description {
    int sample_rate{};   ///< Hz
    int channels{};
    std::uint32_t speakers{};   ///< the channel mask of WAVEFORMATEXTENSIBLE; 0 for no loudspeakers in particular
    sample_format format{};
    std::vector<chunk> chunks{};

    [[nodiscard]] std::uint64_t frame_bytes() const noexcept { return static_cast<std::uint64_t>(channels * (bits(format) / 8)); }
};

}   // namespace command
