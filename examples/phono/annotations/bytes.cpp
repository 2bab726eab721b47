// SPDX-License-Identifier: BSL-1.0
#include "annotations/bytes.hpp"

#include <algorithm>
#include <array>

namespace command {

bool byte_reader::has(std::size_t width)
{
    if (width <= left()) return true;
    good_ = false;
    position_ = size_;
    return false;
}

std::uint64_t byte_reader::number(std::size_t width)
{
    if (!has(width)) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        const auto place = order_ == std::endian::big ? i : width - 1 - i;
        value = value << 8 | data_[position_ + place];
    }
    position_ += width;
    return value;
}

std::string byte_reader::text(std::size_t width)
{
    const auto all = take(width);
    return {all.begin(), all.end()};
}

byte_string byte_reader::take(std::size_t width)
{
    if (!has(width)) return {};
    const auto* begin = data_ + position_;
    position_ += width;
    return {begin, begin + width};
}

byte_reader byte_reader::part(std::size_t width)
{
    if (!has(width)) return {nullptr, 0, order_};
    const auto* begin = data_ + position_;
    position_ += width;
    return {begin, width, order_};
}

void byte_reader::skip(std::size_t width)
{
    if (has(width)) position_ += width;
}

byte_writer& byte_writer::number(std::uint64_t value, std::size_t width)
{
    for (std::size_t i = 0; i < width; ++i) {
        const auto place = order_ == std::endian::big ? width - 1 - i : i;
        written_.push_back(static_cast<unsigned char>(value >> 8 * place & 0xFF));
    }
    return *this;
}

byte_writer& byte_writer::text(std::string_view all)
{
    written_.insert(written_.end(), all.begin(), all.end());
    return *this;
}

byte_writer& byte_writer::field(std::string_view all, std::size_t width)
{
    text(all.substr(0, width));
    written_.resize(written_.size() + width - std::min(width, all.size()));
    return *this;
}

byte_writer& byte_writer::append(const byte_string& all)
{
    written_.insert(written_.end(), all.begin(), all.end());
    return *this;
}

byte_writer& byte_writer::to_even()
{
    if (written_.size() % 2 != 0) written_.push_back(0);
    return *this;
}

void put(byte_string& all, std::size_t offset, std::uint64_t value, std::size_t width, std::endian order)
{
    if (offset > all.size() || width > all.size() - offset) return;
    const auto number = byte_writer{order}.number(value, width).written();
    std::copy(number.begin(), number.end(), all.begin() + static_cast<std::ptrdiff_t>(offset));
}

std::uint64_t number_at(const byte_string& all, std::size_t offset, std::size_t width, std::endian order)
{
    byte_reader read{all, order};
    read.skip(offset);
    return read.number(width);
}

std::string until_zero(const std::string& text) { return text.substr(0, text.find('\0')); }

namespace {

// The length of the UTF-8 sequence at the front, 0 for none; overlong ones and surrogates are none.
std::size_t sequence(std::string_view text) noexcept
{
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const auto first = at(0);
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first < 0xE0U) return follows(1) ? 2 : 0;
    if (first >= 0xE0U && first < 0xF0U) {
        if ((first == 0xE0U && at(1) < 0xA0U) || (first == 0xEDU && at(1) >= 0xA0U)) return 0;
        return follows(1) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0U && first < 0xF5U) {
        if ((first == 0xF0U && at(1) < 0x90U) || (first == 0xF4U && at(1) >= 0x90U)) return 0;
        return follows(1) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

// Windows-1252 from 0x80 to 0x9F; 0xFFFD where it has nothing.
constexpr std::array<std::uint16_t, 32> windows_1252{
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

}   // namespace

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto length = sequence(text);
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

}   // namespace command
