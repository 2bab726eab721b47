// SPDX-License-Identifier: BSL-1.0
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"
#include "writers/wave_format.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

namespace command {

namespace {

constexpr std::uint32_t all_ones = 0xffff'ffff;   // in a stream: the size is unknown; in RF64: it stands in ds64
constexpr std::uint64_t header_bytes = 8;         // of a chunk

constexpr auto little = std::endian::little;

void add_header(byte_writer& to, std::string_view id, std::uint64_t size) { to.text(id).number(size, 4); }

void add_chunk(byte_writer& to, std::string_view id, const byte_string& content)
{
    add_header(to, id, content.size());
    to.append(content).to_even();
}

byte_string chosen(const std::vector<chunk>& chunks, const std::function<bool(const chunk&)>& wanted)
{
    byte_writer all{little};
    for (const auto& each : chunks)
        if (!describes_sound(each.id) && wanted(each)) add_chunk(all, each.id, each.bytes);
    return all.written();
}

byte_string ds64(std::uint64_t riff_bytes, std::uint64_t data_bytes, std::uint64_t frames)
{
    constexpr std::uint32_t others = 0;   // chunks of 64-bit sizes
    return byte_writer{little}.number(riff_bytes, 8).number(data_bytes, 8).number(frames, 8).number(others, 4).written();
}

}   // namespace

surroundings riff_surroundings(const sound_description& about, riff_form form, std::optional<std::uint64_t> frames)
{
    // All but the sizes: from `WAVE` up to the samples, without the room for ds64.
    byte_writer middle{little};
    add_chunk(middle, "fmt ", wave_format(about, about.speakers != 0 || about.channels > 2));
    if (!is_integer(about.format))
        add_chunk(middle, "fact", byte_writer{little}.number(std::min<std::uint64_t>(frames.value_or(all_ones), all_ones), 4).written());
    // libsndfile finds no sound in an RF64 behind a chunk of an odd number of bytes.
    const auto is_before = [&](const chunk& some) {
        return !frames || form == riff_form::stream ||
               (stands_before_sound(some.id) && (form == riff_form::plain || some.bytes.size() % 2 == 0));
    };
    middle.append(chosen(about.chunks, is_before));

    const auto data_bytes = frames.value_or(0) * about.frame_bytes();
    byte_writer behind{little};
    if (frames) {
        behind.append(byte_string(data_bytes % 2));
        behind.append(chosen(about.chunks, [&](const chunk& some) { return !is_before(some); }));
    }

    const auto room = ds64(0, 0, 0).size();
    const auto riff_bytes = 4 + (form == riff_form::plain || form == riff_form::stream ? 0 : header_bytes + room) + middle.size() +
                            header_bytes + data_bytes + behind.size();   // each is small but the sound
    const bool is_rf64 = form == riff_form::rf64 || (form == riff_form::growing && riff_bytes > most_in_32_bits);
    const bool in_header = frames && !is_rf64 && (form != riff_form::stream || riff_bytes <= most_in_32_bits);

    byte_writer head{little};
    add_header(head, is_rf64 ? "RF64" : "RIFF", in_header ? riff_bytes : all_ones);
    head.text("WAVE");
    if (is_rf64) add_chunk(head, "ds64", ds64(riff_bytes, data_bytes, frames.value_or(0)));
    else if (form == riff_form::growing) add_chunk(head, "JUNK", byte_string(room));
    head.append(middle.written());
    add_header(head, "data", in_header ? data_bytes : all_ones);
    return {head.written(), behind.written()};
}

std::uint64_t most_frames_in_32_bits(const sound_description& about) noexcept
{
    std::uint64_t others = 1024;   // more than any header and padding
    for (const auto& each : about.chunks) others += header_bytes + each.bytes.size() + 1;
    return others < most_in_32_bits ? (most_in_32_bits - others) / about.frame_bytes() : 0;
}

}   // namespace command
