// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_matrix.hpp"
#include "audio/processor.hpp"
#include "audio/sample_format.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace command {

/// The most that --gain raises or lowers a recording, in decibels.
inline constexpr double most_gain_db = 200.0;

/// One run of a file through a signal path.
struct transformation {
    std::filesystem::path in;
    std::filesystem::path out;
    std::optional<sample_format> format{};   ///< if absent, that of the input
    double gain_db = 0.0;                    ///< after the signal path
    bool dither = true;                      ///< applies where 16 bits are written
    channel_plan channels{};                 ///< before the signal path
    double speed = 1.0;                      ///< behind it: how much faster the output plays, at the same sample rate
};

/// The result of a run.
struct outcome {
    int sample_rate{};
    int channels{};
    std::int64_t frames{};
    sample_format format{};
    std::vector<double> peaks{};   ///< of each channel, before dither and clipping; 1.0 is full scale
    std::int64_t clipped{};        ///< samples, over all channels
    double seconds_taken{};
    std::vector<double> dc{};   ///< of each channel of the input; 1.0 is full scale
};

/// Streams the file in blocks, so that it may be longer than memory. The output has the input's length, over the speed, and appears under
/// its name only when it is whole. A sample beyond what the signal path takes, or one that would be beyond what the output's format holds,
/// is a failure.
[[nodiscard]] outcome transform(const transformation& job, const make_processor& make);

}   // namespace command
