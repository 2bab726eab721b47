// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/row_measures.hpp"

#include <cstddef>
#include <vector>

namespace command {

/// The mean of each channel of a recording, its DC.
class dc_meter {
public:
    explicit dc_meter(std::size_t channels) : sums_(channels) {}

    /// The next frames; how they are divided over calls changes the last bits.
    void operator()(const std::vector<row_measures>& channels, std::size_t frames)
    {
        for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += channels[c].sum;
        frames_ += frames;
    }

    [[nodiscard]] std::vector<double> values() const
    {
        auto means = sums_;
        for (auto& mean : means) mean /= double(frames_ == 0 ? 1 : frames_);
        return means;
    }

private:
    std::vector<double> sums_;
    std::size_t frames_ = 0;
};

}   // namespace command
