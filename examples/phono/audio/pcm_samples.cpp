// SPDX-License-Identifier: BSL-1.0
#include "audio/pcm_samples.hpp"

namespace command {

pcm_samples::pcm_samples(byte_source& source, sound_layout& layout, bool recover) : layout_{layout}, sound_{source, layout, recover}
{
    const auto& stored = *layout.encoding;
    const bool may_be_lower = stored.kind == number_kind::signed_integer && stored.bytes == 4 && stored.valid_bits == 24;
    if (!may_be_lower) alignment_ = alignment::upper;
}

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
    const auto bytes = std::span{bytes_}.first(samples * size);
    decode(bytes, *layout_.encoding, interleaved.first(samples));
    if (!alignment_) align(bytes);
    if (alignment_ == alignment::lower) raise_from_lower(interleaved.first(samples));
    return frames;
}

void pcm_samples::align(std::span<const unsigned char> bytes)
{
    alignment_ = alignment_of(bytes, layout_.encoding->order);
    if (alignment_ == alignment::lower)
        sound_.assume(
            "its samples of 24 bits stand at the lower end of 32, where the format has them at the upper; they were taken from there");
}

}   // namespace command
