// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <limits>

namespace command {

namespace {

constexpr std::uint64_t in_64_bits = 0xffff'ffff;   // the size stands in the chunk 'ds64'

}   // namespace

// RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088): a size of 0xFFFFFFFF is given by the chunk 'ds64' instead, any other holds. There are
// files whose 32 bits hold something else and whose ds64 is right: both are announced, and the one that fits the file will be taken.
sound_layout read_riff(byte_source& source, std::string_view first)
{
    const auto order = first == "RIFX" ? std::endian::big : std::endian::little;
    sound_layout layout;
    layout.kind = first == "RF64" ? file_kind::rf64 : first == "BW64" ? file_kind::bw64 : file_kind::wav;
    layout.grammar = order == std::endian::big ? &iff_chunks : &riff_chunks;
    layout.sound_id = "data";
    const auto head = source.take(8);
    if (head.size() < 8 || !std::equal(head.begin() + 4, head.end(), "WAVE"))
        throw failure{source.name() + ": not a sound file that can be read: a RIFF file without WAVE in its header"};
    auto form = number(std::span{head}.first(4), order);

    std::optional<std::uint64_t> long_form, long_sound;
    const auto describe = [&](std::string_view id, std::span<const unsigned char> content) {
        if (id == "ds64" && content.size() >= 16) {
            long_form = number(content.first(8), order);
            long_sound = number(content.subspan(8, 8), order);
        }
        if (id == "fact" && content.size() >= 4) layout.counted = number(content.first(4), order);
        if (id == "fmt ") read_wave_format(source, content, order, layout);
        return id == "fmt " || id == "ds64" || id == "fact";
    };
    const auto size = find_sound(source, layout, describe, [&] { return layout.channels != 0; });
    layout.begin = source.position();
    if (form == in_64_bits && long_form) form = *long_form;
    layout.form_end = form > std::numeric_limits<std::uint64_t>::max() - 8 ? form : form + 8;
    // A ds64 of zeros was never filled in: its file was written to a pipe. Where there is none, nothing is announced.
    const bool lacks_ds64 = layout.kind != file_kind::wav && !long_sound;
    if (size != in_64_bits || !long_sound || *long_sound == 0) layout.announced.push_back(size == in_64_bits && lacks_ds64 ? 0 : size);
    if (long_sound && *long_sound != 0) layout.announced.push_back(*long_sound);
    return layout;
}

}   // namespace command
