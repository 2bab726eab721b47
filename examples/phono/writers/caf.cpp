// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"

#include <bit>
#include <limits>
#include <string_view>

namespace command {

namespace {

constexpr auto big = std::endian::big;

void add_chunk(byte_writer& to, std::string_view id, const byte_string& content) { to.text(id).number(content.size(), 8).append(content); }

byte_string audio_description(const sound_description& about)
{
    constexpr std::uint32_t floating_point = 1, little_endian = 2, frames_in_packet = 1;
    return byte_writer{big}
        .number(std::bit_cast<std::uint64_t>(double(about.sample_rate)), 8)
        .text("lpcm")
        .number(is_integer(about.format) ? little_endian : little_endian | floating_point, 4)
        .number(about.frame_bytes(), 4)
        .number(frames_in_packet, 4)
        .number(static_cast<std::uint64_t>(about.channels), 4)
        .number(static_cast<std::uint64_t>(bits(about.format)), 4)
        .written();
}

}   // namespace

surroundings caf_surroundings(const sound_description& about, std::optional<std::uint64_t> frames)
{
    constexpr std::uint64_t edit_count_bytes = 4, unknown = std::numeric_limits<std::uint64_t>::max(), version = 1;
    byte_writer head{big};
    head.text("caff").number(version, 2).number(0, 2);   // no flags
    add_chunk(head, "desc", audio_description(about));
    if (about.speakers != 0) add_chunk(head, "chan", channel_layout(about.speakers));
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id)) add_chunk(head, each.id, each.bytes);
    head.text("data").number(frames ? edit_count_bytes + *frames * about.frame_bytes() : unknown, 8).number(0, edit_count_bytes);
    return {head.written(), {}};
}

}   // namespace command
