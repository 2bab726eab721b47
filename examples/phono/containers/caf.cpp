// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace command {

namespace {

using bytes = std::span<const unsigned char>;

std::uint64_t field(bytes content, std::size_t at, std::size_t count) { return number(content.subspan(at, count), std::endian::big); }

void read_description(const byte_source& source, bytes content, sound_layout& layout)
{
    if (content.size() < 32) throw failure{source.name() + ": its chunk 'desc' is too short to describe sound; the file is damaged"};
    if (layout.channels != 0) throw failure{source.name() + ": has two chunks 'desc'; the file is damaged"};
    const double rate = std::bit_cast<double>(field(content, 0, 8));
    const std::string format{content.begin() + 8, content.begin() + 12};
    const auto flags = field(content, 12, 4), packet = field(content, 16, 4), channels = field(content, 24, 4),
               bits = field(content, 28, 4);
    set_sample_rate(layout, rate);
    layout.channels = static_cast<int>(std::min<std::uint64_t>(channels, 65'536));
    if (format != "lpcm") return;
    constexpr std::uint64_t is_float = 1, is_little = 2;
    const auto size = (bits + 7) / 8;
    if (field(content, 20, 4) != 1 || channels == 0 || size > 8 || packet != size * channels)
        throw failure{source.name() + ": its chunk 'desc' contradicts itself: " + std::to_string(channels) + " channels of " +
                      std::to_string(bits) + " bits in packets of " + std::to_string(packet) + " bytes; the file is damaged"};
    const auto kind = (flags & is_float) != 0 ? number_kind::floating : number_kind::signed_integer;
    const auto order = (flags & is_little) != 0 ? std::endian::little : std::endian::big;
    layout.encoding = sample_encoding{kind, static_cast<int>(size), static_cast<int>(bits), order};
    if (!is_possible(*layout.encoding))
        throw failure{source.name() + ": holds samples of " + std::to_string(bits) +
                      " bits, which phono does not read; convert it to 16, 24 or 32 bits first"};
    layout.bytes_per_second = double(layout.frame_bytes()) * layout.sample_rate;
}

}   // namespace

std::uint32_t speakers_of_layout(bytes content) noexcept
{
    if (content.size() < 8) return 0;
    switch (const auto tag = field(content, 0, 4); tag) {
        case 0x1'0000: return static_cast<std::uint32_t>(field(content, 4, 4));   // the bits themselves, which are the same
        case 100 << 16 | 1: return 0x4;                                           // mono
        case 101 << 16 | 2: return 0x3;                                           // stereo
        case 108 << 16 | 4: return 0x33;                                          // quadraphonic
        case 121 << 16 | 6: return 0x3f;                                          // 5.1 in WAV's order
        default: return 0;
    }
}

sound_layout read_caf(byte_source& source)
{
    sound_layout layout;
    layout.kind = file_kind::caf;
    layout.grammar = &caf_chunks;
    layout.sound_id = "data";
    if (source.take(4).size() < 4) throw failure{source.name() + ": truncated: ends before its sound begins"};   // version and flags
    const auto describe = [&](std::string_view id, bytes content) {
        if (id == "desc") read_description(source, content, layout);
        if (id == "chan") layout.speakers = speakers_of_layout(content);
        return id == "desc" || (id == "chan" && layout.speakers != 0);   // another one is handed over as it is
    };
    const auto size = find_sound(source, layout, describe, [&] { return layout.channels != 0; });
    source.move_to(source.position() + 4);   // a count of edits
    layout.begin = source.position();
    // -1 in front of the last chunk: the sound reaches to the end of the file.
    layout.announced.push_back(size == std::numeric_limits<std::uint64_t>::max() ? size : size - std::min<std::uint64_t>(size, 4));
    return layout;
}

}   // namespace command
