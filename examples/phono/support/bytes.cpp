// SPDX-License-Identifier: BSL-1.0
#include "support/bytes.hpp"

#include <algorithm>

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
    const auto* begin = data_ + position_;
    position_ += width;
    return command::number({begin, width}, order_);
}

std::size_t byte_reader::count(std::size_t width)
{
    const auto said = number(width);
    return static_cast<std::size_t>(std::min<std::uint64_t>(said, left()));   // what is left behind the number, not with it
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

byte_writer& byte_writer::append(std::span<const unsigned char> all)
{
    written_.insert(written_.end(), all.begin(), all.end());
    return *this;
}

byte_writer& byte_writer::pad(std::size_t unit)
{
    while (written_.size() % unit != 0) written_.push_back(0);
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

}   // namespace command
