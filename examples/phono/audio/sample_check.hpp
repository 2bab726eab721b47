// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace command {

/// A sample of a recording.
struct placed_sample {
    double value{};
    std::size_t frame{};     ///< from 0
    std::size_t channel{};   ///< from 0
    int sample_rate{};       ///< Hz
};

/// The first sample of an interleaved block that is above `most` in magnitude, infinite or not a number; the block begins at a frame of its
/// recording.
[[nodiscard]] std::optional<placed_sample> first_beyond(double most, std::span<const double> interleaved, std::size_t channels,
                                                        std::size_t begin, int sample_rate) noexcept;

/// What it is and where: `a sample of 1e+39 at 0.680 s (sample 30000)`, `a sample that is not a number at ...`.
[[nodiscard]] std::string words(const placed_sample& sample);

}   // namespace command
