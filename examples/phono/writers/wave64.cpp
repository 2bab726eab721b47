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

void append_guid(bytes& to, std::string_view id)
{
    const bool is_list = id == "LIST";
    append(to, is_list ? "list" : id);
    const auto& rest = id == "riff" ? of_riff : is_list ? of_list : of_others;
    to.insert(to.end(), rest.begin(), rest.end());
}

void append_header(bytes& to, std::string_view id, std::uint64_t content_bytes)
{
    append_guid(to, id);
    append_little(to, header_bytes + content_bytes);
}

void append_chunk(bytes& to, std::string_view id, const bytes& content)
{
    append_header(to, id, content.size());
    append(to, content);
    pad(to, alignment);
}

}   // namespace

surroundings wave64_surroundings(const sound_description& about, std::uint64_t frames)
{
    bytes middle;
    // libsndfile takes floating point in the extensible form for integers, and all behind the sound's beginning for sound.
    append_chunk(middle, "fmt ", wave_format(about, about.speakers != 0 && is_integer(about.format)));
    if (!is_integer(about.format)) {
        bytes count;
        append_little(count, frames);
        append_chunk(middle, "fact", count);
    }
    // ffmpeg refuses a file with an empty chunk.
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id) && !each.bytes.empty()) append_chunk(middle, each.id, each.bytes);

    constexpr std::uint64_t wave_guid_bytes = 16;
    const auto data_bytes = frames * about.frame_bytes();
    surroundings around;
    append_header(around.before, "riff", wave_guid_bytes + middle.size() + header_bytes + data_bytes);
    append_guid(around.before, "wave");
    append(around.before, middle);
    append_header(around.before, "data", data_bytes);
    return around;
}

}   // namespace command
