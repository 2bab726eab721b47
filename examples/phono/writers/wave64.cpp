// SPDX-License-Identifier: BSL-1.0
#include "containers/wave64_guid.hpp"
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"
#include "writers/wave_format.hpp"

#include <string_view>

namespace command {

namespace {

constexpr std::uint64_t header_bytes = 24;   // they count in a chunk's size
constexpr std::size_t alignment = 8;

void add_guid(byte_writer& to, std::string_view id) { to.append(wave64_guid(id)); }

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
