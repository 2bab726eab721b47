// SPDX-License-Identifier: BSL-1.0
#include "audio/decoding.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace command {

namespace {

template <int Bytes, std::endian Order>
constexpr auto bits_of(const unsigned char* bytes) noexcept
{
    using word = std::conditional_t<(Bytes > 4), std::uint64_t, std::uint32_t>;
    word value = 0;
    for (int i = 0; i < Bytes; ++i) value |= static_cast<word>(bytes[i]) << 8 * (Order == std::endian::little ? i : Bytes - 1 - i);
    return value;
}

// In the upper bits of 32, where the sign is.
template <int Bytes, std::endian Order>
void integers(const unsigned char* bytes, std::uint32_t offset, std::span<double> samples) noexcept
{
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::uint32_t upper = bits_of<Bytes, Order>(bytes + Bytes * i) << (32 - 8 * Bytes);
        samples[i] = static_cast<std::int32_t>(upper ^ offset) * 0x1p-31;
    }
}

template <int Bytes, std::endian Order>
void floats(const unsigned char* bytes, std::span<double> samples) noexcept
{
    using number = std::conditional_t<Bytes == 8, double, float>;
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = double{std::bit_cast<number>(bits_of<Bytes, Order>(bytes + Bytes * i))};
}

template <std::endian Order>
void decode_in(std::span<const unsigned char> bytes, const sample_encoding& encoding, std::span<double> samples) noexcept
{
    if (encoding.kind == number_kind::floating)
        return encoding.bytes == 8 ? floats<8, Order>(bytes.data(), samples) : floats<4, Order>(bytes.data(), samples);
    const std::uint32_t offset = encoding.kind == number_kind::unsigned_integer ? 0x8000'0000 : 0;
    switch (encoding.bytes) {
        case 1: return integers<1, Order>(bytes.data(), offset, samples);
        case 2: return integers<2, Order>(bytes.data(), offset, samples);
        case 3: return integers<3, Order>(bytes.data(), offset, samples);
        case 4: return integers<4, Order>(bytes.data(), offset, samples);
        default: return;
    }
}

}   // namespace

void decode(std::span<const unsigned char> bytes, const sample_encoding& encoding, std::span<double> samples) noexcept
{
    if (encoding.order == std::endian::little) decode_in<std::endian::little>(bytes, encoding, samples);
    else decode_in<std::endian::big>(bytes, encoding, samples);
}

std::optional<alignment> alignment_of(std::span<const unsigned char> bytes, std::endian order) noexcept
{
    const bool little = order == std::endian::little;
    bool uses_lowest = false;
    bool highest_is_sign = true;
    bool highest_is_zero = true;
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4) {
        const auto highest = bytes[i + (little ? 3 : 0)], second = bytes[i + (little ? 2 : 1)], lowest = bytes[i + (little ? 0 : 3)];
        uses_lowest = uses_lowest || lowest != 0;
        highest_is_sign = highest_is_sign && highest == ((second & 0x80) != 0 ? 0xff : 0);
        highest_is_zero = highest_is_zero && highest == 0;
    }
    if (!highest_is_sign && !highest_is_zero) return alignment::upper;
    if (uses_lowest) return alignment::lower;
    return std::nullopt;
}

void raise_from_lower(std::span<double> samples) noexcept
{
    for (double& sample : samples) {
        sample *= 256.0;
        if (sample >= 1.0) sample -= 2.0;   // a negative one with zeros above it
    }
}

}   // namespace command
