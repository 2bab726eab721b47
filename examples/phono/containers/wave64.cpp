// SPDX-License-Identifier: BSL-1.0
#include "containers/formats.hpp"
#include "support/failure.hpp"

#include <algorithm>

namespace command {

sound_layout read_wave64(byte_source& source)
{
    sound_layout layout;
    layout.kind = file_kind::wave64;
    layout.grammar = &wave64_chunks;
    layout.sound_id = "data";
    const auto head = source.take(24);
    if (head.size() < 24 || !std::equal(head.begin() + 8, head.begin() + 12, "wave"))
        throw failure{source.name() + ": not a sound file that can be read: a Wave64 file without `wave` in its header"};
    layout.form_end = number(std::span{head}.first(8), std::endian::little);
    const auto describe = [&](std::string_view id, std::span<const unsigned char> content) {
        if (id == "fact" && content.size() >= 8) layout.counted = number(content.first(8), std::endian::little);
        if (id == "fmt ") read_wave_format(source, content, std::endian::little, layout);
        return id == "fmt " || id == "fact";
    };
    layout.announced.push_back(find_sound(source, layout, describe, [&] { return layout.channels != 0; }));
    layout.begin = source.position();
    return layout;
}

}   // namespace command
