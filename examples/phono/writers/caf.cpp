// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"

#include <bit>
#include <limits>
#include <string_view>

namespace command {

namespace {

void append_chunk(bytes& to, std::string_view id, const bytes& content)
{
    append(to, id);
    append_big(to, std::uint64_t{content.size()});
    append(to, content);
}

bytes audio_description(const sound_description& about)
{
    constexpr std::uint32_t floating_point = 1, little_endian = 2;
    bytes content;
    append_big(content, std::bit_cast<std::uint64_t>(double(about.sample_rate)));
    append(content, "lpcm");
    append_big(content, is_integer(about.format) ? little_endian : little_endian | floating_point);
    append_big(content, static_cast<std::uint32_t>(about.frame_bytes()));
    append_big(content, std::uint32_t{1});   // frames in a packet
    append_big(content, static_cast<std::uint32_t>(about.channels));
    append_big(content, static_cast<std::uint32_t>(bits(about.format)));
    return content;
}

}   // namespace

surroundings caf_surroundings(const sound_description& about, std::optional<std::uint64_t> frames)
{
    constexpr std::uint64_t edit_count_bytes = 4, unknown = std::numeric_limits<std::uint64_t>::max();
    surroundings around;
    auto& head = around.before;
    append(head, "caff");
    append_big(head, std::uint16_t{1});   // version
    append_big(head, std::uint16_t{0});   // flags
    append_chunk(head, "desc", audio_description(about));
    if (about.speakers != 0) append_chunk(head, "chan", channel_layout(about.speakers));
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id)) append_chunk(head, each.id, each.bytes);
    append(head, "data");
    append_big(head, frames ? edit_count_bytes + *frames * about.frame_bytes() : unknown);
    append_big(head, std::uint32_t{0});
    return around;
}

}   // namespace command
