// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace command {

/// The channels of a block, each with its samples in a row, which is what every loop over them wants; all of the same length.
using channel_spans = std::vector<std::span<double>>;

[[nodiscard]] inline std::size_t frames_of(const channel_spans& channels) noexcept { return channels.front().size(); }

/// The frames from the given one on, at most so many.
[[nodiscard]] inline channel_spans part_of(channel_spans channels, std::size_t begin, std::size_t count = std::dynamic_extent)
{
    for (auto& one : channels) one = one.subspan(begin, count);
    return channels;
}

/// Memory for the channels of a block.
class channel_memory {
public:
    channel_memory(std::size_t channels, std::size_t frames) : frames_{frames}, samples_(channels * frames) {}

    /// So many of the channels, and of their frames.
    [[nodiscard]] channel_spans operator()(std::size_t channels, std::size_t frames)
    {
        channel_spans all;
        for (std::size_t c = 0; c < channels; ++c) all.push_back(std::span{samples_}.subspan(c * frames_, frames));
        return all;
    }

private:
    std::size_t frames_;
    std::vector<double> samples_;
};

/// Frames as files have them, a sample of each channel in turn, to channels, and back. Both hold as many samples.
void separate(std::span<const double> interleaved, const channel_spans& channels) noexcept;
void interleave(const channel_spans& channels, std::span<double> interleaved) noexcept;
/// The same of so many channels that stand one behind the other.
void interleave(std::span<const std::int32_t> rows, std::size_t channels, std::span<std::int32_t> interleaved) noexcept;

}   // namespace command
