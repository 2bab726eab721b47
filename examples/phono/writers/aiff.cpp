// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"

#include <bit>
#include <string_view>

namespace command {

namespace {

void append_header(bytes& to, std::string_view id, std::uint64_t size)
{
    append(to, id);
    append_big(to, static_cast<std::uint32_t>(size));
}

void append_chunk(bytes& to, std::string_view id, const bytes& content)
{
    append_header(to, id, content.size());
    append(to, content);
    pad(to, 2);
}

// As the 80 bits of IEEE 754's extended number: exponent, then the mantissa with its leading one.
void append_extended(bytes& to, std::uint32_t whole)
{
    constexpr int bias = 16383;
    const auto exponent = std::bit_width(whole) - 1;
    append_big(to, static_cast<std::uint16_t>(bias + static_cast<int>(exponent)));
    append_big(to, std::uint64_t{whole} << (63 - exponent));
}

// A string with its length in front, an even number of bytes in all.
void append_pascal(bytes& to, std::string_view text)
{
    to.push_back(static_cast<unsigned char>(text.size()));
    append(to, text);
    pad(to, 2);
}

bytes common(const sound_description& about, std::uint64_t frames)
{
    bytes content;
    append_big(content, static_cast<std::uint16_t>(about.channels));
    append_big(content, static_cast<std::uint32_t>(frames));
    append_big(content, static_cast<std::uint16_t>(bits(about.format)));
    append_extended(content, static_cast<std::uint32_t>(about.sample_rate));
    if (is_integer(about.format)) return content;
    const bool single = about.format == sample_format::float32;
    append(content, single ? "fl32" : "fl64");
    append_pascal(content, single ? "32-bit floating point" : "64-bit floating point");
    return content;
}

}   // namespace

surroundings aiff_surroundings(const sound_description& about, std::uint64_t frames)
{
    bytes middle;
    if (!is_integer(about.format)) {
        bytes version;
        append_big(version, std::uint32_t{0xa2805140});   // AIFF-C version 1
        append_chunk(middle, "FVER", version);
    }
    append_chunk(middle, "COMM", common(about, frames));
    if (about.speakers != 0) append_chunk(middle, "CHAN", channel_layout(about.speakers));
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id)) append_chunk(middle, each.id, each.bytes);

    constexpr std::uint64_t offset_and_block_size = 8;   // both 0
    const auto data_bytes = frames * about.frame_bytes();
    surroundings around;
    around.behind.resize(data_bytes % 2);
    append_header(around.before, "FORM", 4 + middle.size() + 8 + offset_and_block_size + data_bytes + around.behind.size());
    append(around.before, is_integer(about.format) ? "AIFF" : "AIFC");
    append(around.before, middle);
    append_header(around.before, "SSND", offset_and_block_size + data_bytes);
    around.before.resize(around.before.size() + offset_and_block_size);
    return around;
}

}   // namespace command
