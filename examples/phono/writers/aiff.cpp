// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"
#include "writers/chunk_placement.hpp"
#include "writers/surroundings.hpp"

#include <bit>
#include <string_view>

namespace command {

namespace {

constexpr auto big = std::endian::big;

void add_header(byte_writer& to, std::string_view id, std::uint64_t size) { to.text(id).number(size, 4); }

void add_chunk(byte_writer& to, std::string_view id, const byte_string& content)
{
    add_header(to, id, content.size());
    to.append(content).to_even();
}

// As the 80 bits of IEEE 754's extended number: exponent, then the mantissa with its leading one.
void add_extended(byte_writer& to, std::uint32_t whole)
{
    constexpr int bias = 16383;
    const int exponent = static_cast<int>(std::bit_width(whole)) - 1;
    to.number(static_cast<std::uint64_t>(bias + exponent), 2).number(std::uint64_t{whole} << (63 - exponent), 8);
}

// A string with its length in front, an even number of bytes in all.
void add_pascal(byte_writer& to, std::string_view text) { to.number(text.size(), 1).text(text).to_even(); }

// SoX 14.4.2 finds no sound behind an ID3 chunk of an odd number of bytes; zeros behind the tag are within its rules.
byte_string even(const chunk& some)
{
    auto bytes = some.bytes;
    if (some.id == "ID3 " && bytes.size() % 2 != 0) bytes.push_back(0);
    return bytes;
}

byte_string common(const sound_description& about, std::uint64_t frames)
{
    byte_writer content{big};
    content.number(static_cast<std::uint64_t>(about.channels), 2)
        .number(frames, 4)
        .number(static_cast<std::uint64_t>(bits(about.format)), 2);
    add_extended(content, static_cast<std::uint32_t>(about.sample_rate));
    if (is_integer(about.format)) return content.written();
    const bool single = about.format == sample_format::float32;
    content.text(single ? "fl32" : "fl64");
    add_pascal(content, single ? "32-bit floating point" : "64-bit floating point");
    return content.written();
}

}   // namespace

surroundings aiff_surroundings(const sound_description& about, std::uint64_t frames)
{
    byte_writer middle{big};
    constexpr std::uint64_t version_1 = 0xa2805140;   // of AIFF-C
    if (!is_integer(about.format)) add_chunk(middle, "FVER", byte_writer{big}.number(version_1, 4).written());
    add_chunk(middle, "COMM", common(about, frames));
    if (about.speakers != 0) add_chunk(middle, "CHAN", channel_layout(about.speakers));
    for (const auto& each : about.chunks)
        if (!describes_sound(each.id)) add_chunk(middle, each.id, even(each));

    constexpr std::uint64_t offset_and_block_size = 8;   // both 0
    const auto data_bytes = frames * about.frame_bytes();
    const byte_string behind(data_bytes % 2);
    byte_writer before{big};
    add_header(before, "FORM", 4 + middle.size() + 8 + offset_and_block_size + data_bytes + behind.size());
    before.text(is_integer(about.format) ? "AIFF" : "AIFC").append(middle.written());
    add_header(before, "SSND", offset_and_block_size + data_bytes);
    before.number(0, offset_and_block_size);
    return {before.written(), behind};
}

}   // namespace command
