// SPDX-License-Identifier: BSL-1.0
#include "audio/pcm_samples.hpp"

#include "audio/sample_bytes.hpp"

namespace command {

pcm_samples::pcm_samples(byte_source& source, sound_layout& layout, bool recover) : layout_{layout}, sound_{source, layout, recover} {}

std::optional<std::int64_t> pcm_samples::frames() const noexcept
{
    if (!sound_.size()) return std::nullopt;
    return static_cast<std::int64_t>(*sound_.size() / layout_.frame_bytes());
}

std::size_t pcm_samples::read(std::span<double> interleaved)
{
    const auto size = static_cast<std::size_t>(layout_.encoding->bytes), channels = static_cast<std::size_t>(layout_.channels);
    bytes_.resize(interleaved.size() * size);
    // Less than a frame at the end is no sound.
    const auto frames = sound_.read(bytes_) / (size * channels);
    const auto samples = frames * channels;
    decode(std::span{bytes_}.first(samples * size), *layout_.encoding, interleaved.first(samples));
    return frames;
}

}   // namespace command
