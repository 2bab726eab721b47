// SPDX-License-Identifier: BSL-1.0
#include "support/utf8.hpp"

#include <array>
#include <cstdint>

namespace command {

namespace {

// Windows-1252 from 0x80 to 0x9F; 0xFFFD where it has nothing.
constexpr std::array<std::uint16_t, 32> windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

}   // namespace

std::size_t first_character(std::string_view text) noexcept
{
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    const bool is_longer_than_needed = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool is_no_character = (first == 0xed && byte(1) > 0x9f) || (first == 0xf4 && byte(1) > 0x8f);
    return is_longer_than_needed || is_no_character ? 0 : length;
}

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto length = first_character(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string as_utf8(const std::string& text)
{
    if (is_utf8(text)) return text;
    std::string result;
    for (const char c : text) {
        unsigned code = static_cast<unsigned char>(c);
        if (code >= 0x80U && code < 0xA0U) code = windows_1252[code - 0x80U];
        if (code < 0x80U) {
            result += c;
        } else if (code < 0x800U) {
            result += static_cast<char>(0xC0U | code >> 6);
            result += static_cast<char>(0x80U | (code & 0x3FU));
        } else {
            result += static_cast<char>(0xE0U | code >> 12);
            result += static_cast<char>(0x80U | (code >> 6 & 0x3FU));
            result += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
    return result;
}

std::string shortened(std::string text, std::size_t most)
{
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0u) == 0x80u) --most;
    text.resize(most);
    return text;
}

}   // namespace command
