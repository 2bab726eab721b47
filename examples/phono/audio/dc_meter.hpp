// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace command {

/// The mean of each channel of a recording, its DC.
class dc_meter {
public:
    explicit dc_meter(std::size_t channels) : sums_(channels) {}

    /// The next frames; how they are divided over calls changes the last bits.
    void operator()(std::span<const double> interleaved)
    {
        const auto channels = sums_.size();
        for (std::size_t c = 0; c < channels; ++c) {
            std::array<double, 4> parts{};   // which do not wait for each other
            std::size_t part = 0;
            for (std::size_t i = c; i < interleaved.size(); i += channels) parts[part++ % parts.size()] += interleaved[i];
            sums_[c] += (parts[0] + parts[1]) + (parts[2] + parts[3]);
        }
        frames_ += interleaved.size() / channels;
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
