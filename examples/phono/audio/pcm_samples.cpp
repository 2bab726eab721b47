// SPDX-License-Identifier: BSL-1.0
#include "audio/pcm_samples.hpp"

#include "audio/block.hpp"

#include <algorithm>

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

std::size_t pcm_samples::read(const channel_spans& channels)
{
    const auto size = layout_.frame_bytes();
    std::size_t done = 0;
    while (done < frames_of(channels)) {
        if (used_ == there_) read_ahead();
        if (there_ == 0) break;
        const auto frames = std::min(frames_of(channels) - done, there_ - used_);
        const auto read = part_of(channels, done, frames);
        decode(std::span{bytes_}.subspan(used_ * size, frames * size), *layout_.encoding, read);
        if (alignment_ == alignment::lower)
            for (const auto one : read) raise_from_lower(one);
        used_ += frames;
        done += frames;
    }
    return done;
}

void pcm_samples::read_ahead()
{
    const auto size = layout_.frame_bytes();
    bytes_.resize(block_frames * size);
    used_ = 0;
    there_ = sound_.read(bytes_) / size;   // less than a frame at the end is no sound
    if (!alignment_) align(std::span{bytes_}.first(there_ * size));
}

void pcm_samples::align(std::span<const unsigned char> bytes)
{
    alignment_ = alignment_of(bytes, layout_.encoding->order);
    if (alignment_ == alignment::lower)
        sound_.assume(
            "its samples of 24 bits stand at the lower end of 32, where the format has them at the upper; they were taken from there");
}

}   // namespace command
