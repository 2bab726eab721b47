// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>

namespace phono::inline v0_2::detail {

/// A block of several channels, each in a buffer of its own.
template <int channels>
struct channel_block {
    double* of[static_cast<std::size_t>(channels)]{};
    std::size_t count = 0;   ///< samples of each

    [[nodiscard]] std::span<double> operator[](int channel) const noexcept { return {of[channel], count}; }

    /// At most so many samples from one on.
    [[nodiscard]] channel_block from(std::size_t first, std::size_t most) const noexcept
    {
        channel_block part;
        for (int c = 0; c < channels; ++c) part.of[c] = of[c] + first;
        part.count = count - first < most ? count - first : most;
        return part;
    }
};

}   // namespace phono::inline v0_2::detail
