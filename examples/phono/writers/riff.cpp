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

void append_header(bytes& to, std::string_view id, std::uint32_t size)
{
    append(to, id);
    append_little(to, size);
}

void append_chunk(bytes& to, std::string_view id, const bytes& content)
{
    append_header(to, id, static_cast<std::uint32_t>(content.size()));
    append(to, content);
    pad(to, 2);
}

bytes chosen(const std::vector<chunk>& chunks, const std::function<bool(const chunk&)>& wanted)
{
    bytes all;
    for (const auto& each : chunks)
        if (!describes_sound(each.id) && wanted(each)) append_chunk(all, each.id, each.bytes);
    return all;
}

bytes ds64(std::uint64_t riff_bytes, std::uint64_t data_bytes, std::uint64_t frames)
{
    bytes content;
    append_little(content, riff_bytes);
    append_little(content, data_bytes);
    append_little(content, frames);
    append_little(content, std::uint32_t{0});   // other chunks of 64-bit sizes
    return content;
}

}   // namespace

surroundings riff_surroundings(const sound_description& about, riff_form form, std::optional<std::uint64_t> frames)
{
    // All but the sizes: from `WAVE` up to the samples, without the room for ds64.
    bytes middle;
    append_chunk(middle, "fmt ", wave_format(about, about.speakers != 0 || about.channels > 2));
    if (!is_integer(about.format)) {
        bytes count;
        append_little(count, static_cast<std::uint32_t>(std::min<std::uint64_t>(frames.value_or(all_ones), all_ones)));
        append_chunk(middle, "fact", count);
    }
    // libsndfile finds no sound in an RF64 behind a chunk of an odd number of bytes.
    const auto is_before = [&](const chunk& some) {
        return !frames || (stands_before_sound(some.id) && (form == riff_form::plain || some.bytes.size() % 2 == 0));
    };
    append(middle, chosen(about.chunks, is_before));

    const auto data_bytes = frames.value_or(0) * about.frame_bytes();
    surroundings around;
    if (frames) {
        around.behind.resize(data_bytes % 2);
        append(around.behind, chosen(about.chunks, [&](const chunk& some) { return !is_before(some); }));
    }

    const auto room = ds64(0, 0, 0).size();
    const auto riff_bytes = 4 + (form == riff_form::plain ? 0 : header_bytes + room) + middle.size() + header_bytes + data_bytes +
                            around.behind.size();   // each is small but the sound
    const bool is_rf64 = form == riff_form::rf64 || (form == riff_form::growing && riff_bytes > most_in_32_bits);
    const bool in_header = frames && !is_rf64;

    auto& head = around.before;
    append_header(head, is_rf64 ? "RF64" : "RIFF", in_header ? static_cast<std::uint32_t>(riff_bytes) : all_ones);
    append(head, "WAVE");
    if (is_rf64) append_chunk(head, "ds64", ds64(riff_bytes, data_bytes, frames.value_or(0)));
    else if (form == riff_form::growing) append_chunk(head, "JUNK", bytes(room));
    append(head, middle);
    append_header(head, "data", in_header ? static_cast<std::uint32_t>(data_bytes) : all_ones);
    return around;
}

std::uint64_t most_frames_in_32_bits(const sound_description& about) noexcept
{
    std::uint64_t others = 1024;   // more than any header and padding
    for (const auto& each : about.chunks) others += header_bytes + each.bytes.size() + 1;
    return others < most_in_32_bits ? (most_in_32_bits - others) / about.frame_bytes() : 0;
}

}   // namespace command
