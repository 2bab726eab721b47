// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"
#include "audio/row_measures.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace command {

/// A sample of a recording.
struct placed_sample {
    double value{};
    std::size_t frame{};     ///< from 0
    std::size_t channel{};   ///< from 0
    int sample_rate{};       ///< Hz
};

/// The first sample of a block that is above `most` in magnitude, infinite or not a number. The block begins at a frame of its recording;
/// what was measured of it tells at once that there is none.
[[nodiscard]] std::optional<placed_sample> first_beyond(double most, const channel_spans& block, const std::vector<row_measures>& channels,
                                                        std::size_t begin, int sample_rate);

/// What it is and where: `a sample of 1e+39 at 0.680 s (sample 30000)`, `a sample that is not a number at ...`.
[[nodiscard]] std::string words(const placed_sample& sample);

}   // namespace command
