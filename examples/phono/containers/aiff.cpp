// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <cmath>

namespace command {

namespace {

using bytes = std::span<const unsigned char>;

std::uint64_t field(bytes content, std::size_t at, std::size_t count) { return number(content.subspan(at, count), std::endian::big); }

// Ten bytes: sign and exponent, and a mantissa of 64 bits with its leading one.
double extended(bytes content)
{
    const int exponent = static_cast<int>(field(content, 0, 2) & 0x7fff);
    return std::ldexp(double(field(content, 2, 8)), exponent - 16'383 - 63);
}

std::optional<sample_encoding> encoding_of(std::string_view type, int bits)
{
    const int size = (bits + 7) / 8;
    const auto integers = [&](int count, std::endian order) {
        return sample_encoding{number_kind::signed_integer, count, std::clamp(bits, 1, std::max(1, 8 * count)), order};
    };
    const auto floats = [](int count) { return sample_encoding{number_kind::floating, count, 8 * count, std::endian::big}; };
    if (type == "NONE" || type == "twos") return integers(size, std::endian::big);
    if (type == "sowt") return integers(size, std::endian::little);
    if (type == "in24") return integers(3, std::endian::big);
    if (type == "in32") return integers(4, std::endian::big);
    if (type == "42ni") return integers(3, std::endian::little);
    if (type == "23ni") return integers(4, std::endian::little);
    if (type == "raw ") return sample_encoding{number_kind::unsigned_integer, size, bits, std::endian::big};
    if (type == "fl32" || type == "FL32") return floats(4);
    if (type == "fl64" || type == "FL64") return floats(8);
    return std::nullopt;
}

void read_common(const byte_source& source, bytes content, sound_layout& layout)
{
    const bool compressed = layout.kind == file_kind::aiff_c;
    if (content.size() < (compressed ? 22u : 18u))
        throw failure{source.name() + ": its chunk 'COMM' is too short to describe sound; the file is damaged"};
    const auto type = compressed ? std::string{content.begin() + 18, content.begin() + 22} : "NONE";
    const int bits = static_cast<int>(field(content, 6, 2));
    const double rate = extended(content.subspan(8, 10));
    sound_layout found;
    found.channels = static_cast<int>(field(content, 0, 2));
    found.frames = field(content, 2, 4);
    set_sample_rate(found, rate);
    found.encoding = encoding_of(type, bits);
    if (found.encoding && !is_possible(*found.encoding))
        throw failure{source.name() + ": holds samples of " + std::to_string(bits) +
                      " bits, which phono does not read; convert it to 16, 24 or 32 bits first"};
    if (layout.channels != 0 && (layout.channels != found.channels || layout.sample_rate != found.sample_rate ||
                                 layout.encoding != found.encoding || (layout.encoding && layout.frames != found.frames)))
        throw failure{source.name() + ": has two chunks 'COMM' that contradict each other; the file is damaged"};
    layout.channels = found.channels;
    layout.sample_rate = found.sample_rate;
    layout.assumptions = found.assumptions;
    layout.encoding = found.encoding;
    if (!found.encoding) return;   // what a frame is, its decoder knows
    layout.frames = found.frames;
    layout.bytes_per_second = double(found.frame_bytes()) * found.sample_rate;
}

}   // namespace

sound_layout read_aiff(byte_source& source)
{
    sound_layout layout;
    layout.grammar = &iff_chunks;
    layout.sound_id = "SSND";
    const auto head = source.take(8);
    const std::string type = head.size() < 8 ? "" : std::string{head.begin() + 4, head.end()};
    if (type != "AIFF" && type != "AIFC")
        throw failure{source.name() + ": not a sound file that can be read: a FORM file without AIFF or AIFC in its header"};
    layout.kind = type == "AIFF" ? file_kind::aiff : file_kind::aiff_c;
    layout.form_end = field(head, 0, 4) + 8;
    const auto describe = [&](std::string_view id, bytes content) {
        if (id == "COMM") read_common(source, content, layout);
        if (id == "CHAN") layout.speakers = speakers_of_layout(content);
        return id == "COMM" || id == "FVER" || (id == "CHAN" && layout.speakers != 0);   // another one is handed over as it is
    };
    auto size = find_sound(source, layout, describe, [&] { return layout.channels != 0; });
    // Offset of the first frame and the block's size, in front of the samples.
    const auto alignment = source.take(8);
    const auto offset = alignment.size() == 8 ? field(alignment, 0, 4) : 0;
    layout.block_padding = alignment.size() == 8 ? field(alignment, 4, 4) : 0;
    if (!source.move_to(source.position() + offset)) throw failure{source.name() + ": truncated: ends before its sound begins"};
    layout.begin = source.position();
    size -= std::min(size, 8 + offset);
    layout.announced.push_back(size);
    return layout;
}

}   // namespace command
