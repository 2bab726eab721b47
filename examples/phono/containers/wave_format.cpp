// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <array>

namespace command {

namespace {

constexpr std::uint64_t pcm = 1, ieee_float = 3, extensible = 0xfffe;

// The GUIDs of sub-formats are a format tag and one of these ends: the common one, and that of Ambisonic B-format files.
constexpr std::array<std::array<unsigned char, 14>, 2> guid_ends{{
    {0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71},
    {0x00, 0x00, 0x21, 0x07, 0xd3, 0x11, 0x86, 0x44, 0xc8, 0xc1, 0xca, 0x00, 0x00, 0x00},
}};

bool has_tag(std::span<const unsigned char> guid)
{
    return std::any_of(guid_ends.begin(), guid_ends.end(),
                       [&](const auto& end) { return std::equal(end.begin(), end.end(), guid.begin() + 2); });
}

// The bytes of a sample: by the block's size, where that agrees with the bits. Nothing where they contradict each other.
std::optional<int> sample_bytes(std::uint64_t block, std::uint64_t channels, std::uint64_t bits)
{
    const auto least = (bits + 7) / 8;
    if (bits == 0 || bits > 64 || channels == 0) return std::nullopt;
    if (block == 0) return static_cast<int>(least);
    if (block % channels != 0 || block / channels < least || block / channels > 8) return std::nullopt;
    return static_cast<int>(block / channels);
}

}   // namespace

void read_wave_format(const byte_source& source, std::span<const unsigned char> content, std::endian order, sound_layout& layout)
{
    const auto field = [&](std::size_t at, std::size_t bytes) { return number(content.subspan(at, bytes), order); };
    if (content.size() < 16) throw failure{source.name() + ": its chunk 'fmt ' is too short to describe sound; the file is damaged"};
    auto tag = field(0, 2);
    const auto channels = field(2, 2), block = field(12, 2), bits = field(14, 2);
    auto valid = bits;
    std::uint32_t speakers = 0;
    if (tag == extensible) {
        if (content.size() < 40) throw failure{source.name() + ": its chunk 'fmt ' is too short for its kind; the file is damaged"};
        if (const auto said = field(18, 2); said != 0 && said < bits) valid = said;
        speakers = static_cast<std::uint32_t>(field(20, 4));
        if (has_tag(content.subspan(24, 16))) tag = field(24, 2);
    }
    sound_layout found;
    found.sample_rate = static_cast<int>(std::min<std::uint64_t>(field(4, 4), 0x7fff'ffff));
    found.channels = static_cast<int>(channels);
    found.speakers = speakers;
    constexpr std::uint64_t a_law = 6, mu_law = 7;
    if (tag == a_law || tag == mu_law) found.bytes_per_second = double(field(8, 4));   // of others it is a guess
    constexpr std::uint64_t mpeg = 0x50, mpeg_layer_3 = 0x55;
    found.is_mpeg = tag == mpeg || tag == mpeg_layer_3;
    constexpr std::size_t with_extension = 20;
    const bool is_in_blocks = tag != pcm && tag != ieee_float && tag != extensible && tag != a_law && tag != mu_law && !found.is_mpeg;
    if (is_in_blocks && content.size() >= with_extension && field(16, 2) >= 2) found.frames_in_block = field(18, 2);
    if (tag == pcm || tag == ieee_float) {
        const auto bytes = sample_bytes(block, channels, bits);
        if (!bytes)
            throw failure{source.name() + ": its chunk 'fmt ' contradicts itself: " + std::to_string(channels) + " channels of " +
                          std::to_string(bits) + " bits in blocks of " + std::to_string(block) + " bytes; the file is damaged"};
        // Where the block is larger than the bits ask for, the bytes per second tell whether that is meant.
        const auto per_second = field(8, 4), least = channels * ((bits + 7) / 8);
        if (block > least && per_second == least * field(4, 4) && per_second != block * field(4, 4))
            throw failure{source.name() + ": its chunk 'fmt ' contradicts itself: blocks of " + std::to_string(block) + " bytes, but " +
                          std::to_string(per_second) + " bytes per second, which are blocks of " + std::to_string(least) +
                          " bytes; the file is damaged"};
        const auto kind = tag == ieee_float ? number_kind::floating
                          : *bytes == 1     ? number_kind::unsigned_integer
                                            : number_kind::signed_integer;
        found.encoding = sample_encoding{kind, *bytes, static_cast<int>(valid), order};
        if (!is_possible(*found.encoding))
            throw failure{source.name() + ": holds samples of " + std::to_string(bits) + " bits in " + std::to_string(*bytes) +
                          " bytes, which phono does not read; convert it to 16, 24 or 32 bits first"};
        found.bytes_per_second = double(found.frame_bytes()) * found.sample_rate;
    }
    if (layout.channels != 0 &&
        (layout.channels != found.channels || layout.sample_rate != found.sample_rate || layout.encoding != found.encoding))
        throw failure{source.name() + ": has two chunks 'fmt ' that contradict each other; the file is damaged"};
    layout.sample_rate = found.sample_rate;
    layout.channels = found.channels;
    layout.speakers = found.speakers;
    layout.encoding = found.encoding;
    layout.bytes_per_second = found.bytes_per_second;
    layout.frames_in_block = found.frames_in_block;
    layout.is_mpeg = found.is_mpeg;
}

}   // namespace command
