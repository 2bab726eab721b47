// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "containers/unknown_length.hpp"
#include "support/failure.hpp"

#include <array>

namespace command {

namespace {

constexpr std::uint64_t stream_info_type = 0, padding_type = 1;
constexpr std::size_t stream_info_bytes = 34;

std::string name_of(std::uint64_t type)
{
    constexpr std::array<std::string_view, 7> names{"STREAMINFO",     "PADDING",  "APPLICATION", "SEEKTABLE",
                                                    "VORBIS_COMMENT", "CUESHEET", "PICTURE"};
    return type < names.size() ? std::string{names[type]} : "block " + std::to_string(type);
}

// What the format assigns to one to eight channels.
std::uint32_t speakers_of(int channels)
{
    constexpr std::array<std::uint32_t, 9> masks{0, 0, 0, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f};
    return masks[static_cast<std::size_t>(channels)];
}

void read_stream_info(const std::vector<unsigned char>& block, sound_layout& layout)
{
    const auto packed = number(std::span{block}.subspan(10, 8), std::endian::big);   // 20 bits rate, 3 channels, 5 bits, 36 frames
    layout.stream_info = block;
    layout.sample_rate = static_cast<int>(packed >> 44);
    layout.channels = static_cast<int>(packed >> 41 & 7) + 1;
    const int bits = static_cast<int>(packed >> 36 & 31) + 1;
    layout.encoding = sample_encoding{number_kind::signed_integer, (bits + 7) / 8, bits, std::endian::big};
    layout.speakers = speakers_of(layout.channels);
    const auto frames = packed & 0xf'ffff'ffff, frame_bytes = static_cast<std::uint64_t>(layout.channels * ((bits + 7) / 8));
    constexpr std::uint64_t wav_header = 44;   // an encoder that read a pipe takes the length from there
    if (frames != 0 && !means_unknown(frames * frame_bytes, wav_header, frame_bytes)) layout.frames = frames;
}

}   // namespace

sound_layout read_flac(byte_source& source)
{
    sound_layout layout;
    layout.kind = file_kind::flac;
    for (bool last = false; !last;) {
        const auto head = source.take(4);
        const auto size = head.size() < 4 ? 0 : number(std::span{head}.subspan(1), std::endian::big);
        if (head.size() < 4) throw failure{source.name() + ": truncated: ends within its metadata; copy it again from its source"};
        last = (head[0] & 0x80) != 0;
        const std::uint64_t type = head[0] & 0x7f;
        const bool first = layout.stream_info.empty();
        if (first != (type == stream_info_type) || (first && size != stream_info_bytes))
            throw failure{source.name() + ": its metadata is damaged: a block STREAMINFO is wanted first, and only there"};
        bool whole = true;
        if (first) {
            const auto block = source.take(stream_info_bytes);
            whole = block.size() == size;
            if (whole) read_stream_info(block, layout);
        } else if (type == padding_type) {
            whole = source.take(static_cast<std::size_t>(size)).size() == size;
        } else {
            whole = layout.in_front.take(source, name_of(type), size);
        }
        if (!whole) throw failure{source.name() + ": truncated: ends within its metadata; copy it again from its source"};
    }
    layout.begin = source.position();
    return layout;
}

}   // namespace command
