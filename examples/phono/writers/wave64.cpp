// SPDX-License-Identifier: BSL-1.0
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"
#include "writers/wave_format.hpp"

#include <array>
#include <string_view>

namespace command {

namespace {

// A GUID is four characters and one of these; LIST has small letters.
constexpr std::array<unsigned char, 12> of_riff{0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00};
constexpr std::array<unsigned char, 12> of_list{0x2f, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00};
constexpr std::array<unsigned char, 12> of_others{0xf3, 0xac, 0xd3, 0x11, 0x8c, 0xd1, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};

constexpr std::uint64_t header_bytes = 24;   // they count in a chunk's size
constexpr std::size_t alignment = 8;

void add_guid(byte_writer& to, std::string_view id)
{
    const bool is_list = id == "LIST";
    to.text(is_list ? "list" : id).append(id == "riff" ? of_riff : is_list ? of_list : of_others);
}

void add_header(byte_writer& to, std::string_view id, std::uint64_t content_bytes)
{
    add_guid(to, id);
    to.number(header_bytes + content_bytes, 8);
}

void add_chunk(byte_writer& to, std::string_view id, const byte_string& content)
{
    add_header(to, id, content.size());
    to.append(content).pad(alignment);
}

}   // namespace

surroundings wave64_surroundings(const sound_description& about, std::uint64_t frames)
{
    constexpr auto little = std::endian::little;
    byte_writer middle{little};
    // libsndfile takes floating point in the extensible form for integers, and all behind the sound's beginning for sound.
    add_chunk(middle, "fmt ", wave_format(about, about.speakers != 0 && is_integer(about.format)));
    if (!is_integer(about.format)) add_chunk(middle, "fact", byte_writer{little}.number(frames, 8).written());
    // ffmpeg refuses a file with an empty chunk.
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id) && !each.bytes.empty()) add_chunk(middle, each.id, each.bytes);

    constexpr std::uint64_t wave_guid_bytes = 16;
    const auto data_bytes = frames * about.frame_bytes();
    byte_writer before{little};
    add_header(before, "riff", wave_guid_bytes + middle.size() + header_bytes + data_bytes);
    add_guid(before, "wave");
    before.append(middle.written());
    add_header(before, "data", data_bytes);
    return {before.written(), {}};
}

}   // namespace command
