// SPDX-License-Identifier: BSL-1.0
#include "annotations/positions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

namespace command {

namespace {

constexpr auto little = std::endian::little;

std::uint64_t in_32_bits(std::int64_t frames)
{
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint64_t>(std::clamp(frames, std::int64_t{0}, most));
}

// Also of a text in UTF-16: what is looked for are letters, whose other byte is zero.
template <std::size_t Count>
bool has_any(const byte_string& text, const std::array<std::string_view, Count>& words)
{
    std::string letters;
    std::copy_if(text.begin(), text.end(), std::back_inserter(letters), [](unsigned char c) { return c != 0; });
    return std::any_of(words.begin(), words.end(), [&](auto word) { return letters.find(word) != std::string::npos; });
}

bool is_utf16(const byte_string& text)
{
    return text.size() >= 2 && ((text[0] == 0xFF && text[1] == 0xFE) || (text[0] == 0xFE && text[1] == 0xFF) ||
                                (text[0] == '<' && text[1] == 0) || (text[0] == 0 && text[1] == '<'));
}

}   // namespace

void move_timers(byte_string& cart, const displacement& by)
{
    constexpr std::size_t first = 684;
    constexpr std::size_t timers = 8;
    constexpr std::size_t timer_bytes = 8;
    for (std::size_t at = first; at < first + timers * timer_bytes; at += timer_bytes) {
        if (number_at(cart, at, 4, little) == 0) continue;
        put(cart, at + 4, in_32_bits(by(static_cast<std::int64_t>(number_at(cart, at + 4, 4, little)))), 4, little);
    }
}

void move_play_list(byte_string& plst, const displacement& by)
{
    constexpr std::size_t segment_bytes = 12;
    if (plst.size() < 4) return;
    const auto segments = std::min<std::size_t>(number_at(plst, 0, 4, little), (plst.size() - 4) / segment_bytes);
    for (std::size_t i = 0; i < segments; ++i) {
        const auto at = 4 + i * segment_bytes + 4;
        put(plst, at, in_32_bits(std::llround(static_cast<double>(number_at(plst, at, 4, little)) * by.ratio)), 4, little);
    }
}

bool has_fixed_positions(const chunk& some)
{
    constexpr std::array<std::string_view, 3> of_ixml{"<SYNC_POINT>", "<SYNC_POINT_LOW>", "DURATION>"};
    constexpr std::array<std::string_view, 4> of_xmp{"startTime", "xmpDM:duration", "xmpDM:inCue", "xmpDM:outCue"};
    constexpr std::array<std::string_view, 3> of_objects{"rtime=", "start=", "duration="};
    if (some.id == "iXML") return is_utf16(some.bytes) || has_any(some.bytes, of_ixml);
    if (some.id == "axml") return has_any(some.bytes, of_objects);
    // XMP in WAV, in AIFF and in CAF.
    return (some.id == "_PMX" || some.id == "APPL" || some.id == "uuid") && has_any(some.bytes, of_xmp);
}

}   // namespace command
