// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace command {

/// The mean of one channel, its DC.
class dc_meter {
public:
    /// The next samples of the channel.
    void operator()(std::span<const double> samples)
    {
        for (const double sample : samples) sums_[count_++ % sums_.size()] += sample;
    }

    [[nodiscard]] double value() const noexcept
    {
        return count_ == 0 ? 0.0 : ((sums_[0] + sums_[1]) + (sums_[2] + sums_[3])) / double(count_);
    }

private:
    std::array<double, 4> sums_{};   // four, which do not wait for each other
    std::size_t count_ = 0;
};

}   // namespace command
