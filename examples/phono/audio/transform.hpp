// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/processing_note.hpp"
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
    bool recover = false;                    ///< take what is there of a damaged input
    processing_note note{};                  ///< what the output says was done; the gain is added to it
    bool again = false;                      ///< no warning where the input already has a playback curve
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
};

/// Streams the file in blocks, so that it may be longer than memory. The output has the input's length and appears under its name only when
/// it is whole. A sample beyond what the signal path takes, or one that would be beyond what the output's format holds, is a failure.
[[nodiscard]] outcome transform(const transformation& job, const make_processor& make);

}   // namespace command
