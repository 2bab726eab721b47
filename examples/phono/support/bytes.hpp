// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace command {

using byte_string = std::vector<unsigned char>;

/// The unsigned number that these bytes are, at most eight of them.
[[nodiscard]] constexpr std::uint64_t number(std::span<const unsigned char> bytes, std::endian order) noexcept
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) value = value << 8 | bytes[order == std::endian::big ? i : bytes.size() - 1 - i];
    return value;
}

/// Reads numbers and texts from the front of some bytes. Beyond their end it reads zeros and is no longer `good`, so that a malformed chunk
/// is found by one question at the end instead of one before each number.
class byte_reader {
public:
    byte_reader(const unsigned char* data, std::size_t size, std::endian order) : data_{data}, size_{size}, order_{order} {}
    byte_reader(const byte_string& all, std::endian order) : byte_reader{all.data(), all.size(), order} {}

    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] std::size_t left() const noexcept { return size_ - position_; }
    [[nodiscard]] std::size_t position() const noexcept { return position_; }

    std::uint64_t number(std::size_t width);   ///< of 1 to 8 bytes
    std::size_t count(std::size_t width);      ///< a number that counts the bytes behind it: no more than are left there
    std::string text(std::size_t width);       ///< with whatever zeros it holds
    byte_string take(std::size_t width);
    byte_reader part(std::size_t width);   ///< the next so many bytes, which this reader steps over
    void skip(std::size_t width);

private:
    bool has(std::size_t width);

    const unsigned char* data_;
    std::size_t size_;
    std::size_t position_ = 0;
    std::endian order_;
    bool good_ = true;
};

/// Numbers and texts to bytes, one behind the other.
class byte_writer {
public:
    explicit byte_writer(std::endian order) : order_{order} {}

    byte_writer& number(std::uint64_t value, std::size_t width);
    byte_writer& text(std::string_view all);
    byte_writer& field(std::string_view all, std::size_t width);   ///< cut or filled with zeros
    byte_writer& append(std::span<const unsigned char> all);
    byte_writer& pad(std::size_t unit);   ///< zeros, up to a multiple of so many bytes in all
    byte_writer& to_even() { return pad(2); }

    [[nodiscard]] std::size_t size() const noexcept { return written_.size(); }

    [[nodiscard]] const byte_string& written() const noexcept { return written_; }

private:
    byte_string written_;
    std::endian order_;
};

/// Puts a number in place of that at an offset; nothing happens where the bytes do not reach so far.
void put(byte_string& all, std::size_t offset, std::uint64_t value, std::size_t width, std::endian order);

/// The number at an offset, 0 where the bytes do not reach so far.
[[nodiscard]] std::uint64_t number_at(const byte_string& all, std::size_t offset, std::size_t width, std::endian order);

/// A text up to its first zero.
[[nodiscard]] std::string until_zero(const std::string& text);

}   // namespace command
