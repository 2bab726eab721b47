// SPDX-License-Identifier: BSL-1.0
#include "audio/channel_spans.hpp"

#include "support/vectorised.hpp"

namespace command {

namespace {

// Two channels are what nearly all recordings have, and a stride that the compiler knows makes a vector's loop.
template <typename Sample>
PHONO_VECTORISED void interleave_two(const Sample* left, const Sample* right, Sample* interleaved, std::size_t frames) noexcept
{
    for (std::size_t i = 0; i < frames; ++i) interleaved[2 * i] = left[i], interleaved[2 * i + 1] = right[i];
}

template <typename Sample>
void interleave_one(const Sample* row, Sample* first, std::size_t channels, std::size_t frames) noexcept
{
    for (std::size_t i = 0; i < frames; ++i) first[i * channels] = row[i];
}

}   // namespace

void separate(std::span<const double> interleaved, const channel_spans& channels) noexcept
{
    const auto count = channels.size(), frames = frames_of(channels);
    for (std::size_t c = 0; c < count; ++c)
        for (std::size_t i = 0; i < frames; ++i) channels[c][i] = interleaved[i * count + c];
}

void interleave(const channel_spans& channels, std::span<double> interleaved) noexcept
{
    const auto count = channels.size(), frames = frames_of(channels);
    if (count == 2) return interleave_two<double>(channels[0].data(), channels[1].data(), interleaved.data(), frames);
    for (std::size_t c = 0; c < count; ++c) interleave_one<double>(channels[c].data(), interleaved.data() + c, count, frames);
}

void interleave(std::span<const std::int32_t> rows, std::size_t channels, std::span<std::int32_t> interleaved) noexcept
{
    const auto frames = rows.size() / channels;
    if (channels == 2) return interleave_two(rows.data(), rows.data() + frames, interleaved.data(), frames);
    for (std::size_t c = 0; c < channels; ++c) interleave_one(rows.data() + c * frames, interleaved.data() + c, channels, frames);
}

}   // namespace command
