// SPDX-License-Identifier: BSL-1.0
#include "audio/decoding.hpp"

#include "support/byte_order.hpp"
#include "support/bytes.hpp"
#include "support/vectorised.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace command {

namespace {

constexpr double to_full_scale = 0x1p-31;   // of an integer in the upper bits of 32, where its sign is

// Frames of so many channels, one after the other.
struct stored_frames {
    const unsigned char* bytes{};
    std::size_t channels{};
    std::size_t count{};
};

template <typename Word, std::endian Order>
double integer_at(const unsigned char* bytes, std::uint32_t offset) noexcept
{
    const auto upper = static_cast<std::uint32_t>(word_at<Order, Word>(bytes)) << (32 - 8 * sizeof(Word));
    return static_cast<std::int32_t>(upper ^ offset) * to_full_scale;
}

// Two channels are what nearly all recordings have, and a stride that the compiler knows makes a vector's loop.
template <typename Word, std::endian Order>
PHONO_VECTORISED void integers_of_two(const unsigned char* bytes, std::uint32_t offset, double* left, double* right,
                                      std::size_t frames) noexcept
{
    for (std::size_t i = 0; i < frames; ++i) {
        left[i] = integer_at<Word, Order>(bytes + 2 * sizeof(Word) * i, offset);
        right[i] = integer_at<Word, Order>(bytes + 2 * sizeof(Word) * i + sizeof(Word), offset);
    }
}

template <typename Word, std::endian Order>
void integers(stored_frames from, std::uint32_t offset, const channel_spans& to) noexcept
{
    if (from.channels == 2) return integers_of_two<Word, Order>(from.bytes, offset, to[0].data(), to[1].data(), from.count);
    for (std::size_t c = 0; c < from.channels; ++c)
        for (std::size_t i = 0; i < from.count; ++i)
            to[c][i] = integer_at<Word, Order>(from.bytes + sizeof(Word) * (from.channels * i + c), offset);
}

// Of two channels of three bytes, the most common of all: two frames are twelve bytes, of which a vector's shuffle makes the words that no
// processor can load. Returns how many frames it has read; it needs four bytes more than they have.
template <std::endian Order>
PHONO_VECTORISED std::size_t three_bytes_of_two(const unsigned char* __restrict bytes, double* __restrict left, double* __restrict right,
                                                std::size_t frames) noexcept
{
    using sixteen_bytes [[gnu::vector_size(16)]] = unsigned char;
    using four_words [[gnu::vector_size(16)]] = std::int32_t;
    constexpr int low = Order == std::endian::little ? 0 : 2, mid = 1, high = 2 - low;
    std::size_t i = 0;
    for (; i + 4 < frames; i += 4, bytes += 24) {
        sixteen_bytes pairs[2];
        std::memcpy(&pairs[0], bytes, 16);
        std::memcpy(&pairs[1], bytes + 12, 16);
        // Left, left, right, right; the lowest byte of each is another one's.
        for (auto& p : pairs)
            p = __builtin_shufflevector(p, p, low, low, mid, high, 6 + low, 6 + low, 6 + mid, 6 + high,   //
                                        3 + low, 3 + low, 3 + mid, 3 + high, 9 + low, 9 + low, 9 + mid, 9 + high);
        four_words first, second;
        std::memcpy(&first, &pairs[0], 16);
        std::memcpy(&second, &pairs[1], 16);
        const four_words of_left = __builtin_shufflevector(first, second, 0, 1, 4, 5) & ~0xff;
        const four_words of_right = __builtin_shufflevector(first, second, 2, 3, 6, 7) & ~0xff;
        for (std::size_t k = 0; k < 4; ++k) left[i + k] = of_left[k] * to_full_scale;
        for (std::size_t k = 0; k < 4; ++k) right[i + k] = of_right[k] * to_full_scale;
    }
    return i;
}

template <std::endian Order>
void integers_of_three_bytes(stored_frames from, std::uint32_t offset, const channel_spans& to) noexcept
{
    std::size_t done = 0;
    if constexpr (std::endian::native == std::endian::little)
        if (from.channels == 2 && offset == 0) done = three_bytes_of_two<Order>(from.bytes, to[0].data(), to[1].data(), from.count);
    for (std::size_t c = 0; c < from.channels; ++c)
        for (std::size_t i = done; i < from.count; ++i) {
            const auto* const at = from.bytes + 3 * (from.channels * i + c);
            const auto upper = static_cast<std::uint32_t>(number({at, 3}, Order)) << 8;
            to[c][i] = static_cast<std::int32_t>(upper ^ offset) * to_full_scale;
        }
}

template <typename Number, typename Word, std::endian Order>
void floats(stored_frames from, const channel_spans& to) noexcept
{
    for (std::size_t c = 0; c < from.channels; ++c)
        for (std::size_t i = 0; i < from.count; ++i)
            to[c][i] = double{std::bit_cast<Number>(word_at<Order, Word>(from.bytes + sizeof(Word) * (from.channels * i + c)))};
}

template <std::endian Order>
void decode_in(stored_frames from, const sample_encoding& encoding, const channel_spans& to) noexcept
{
    if (encoding.kind == number_kind::floating)
        return encoding.bytes == 8 ? floats<double, std::uint64_t, Order>(from, to) : floats<float, std::uint32_t, Order>(from, to);
    const std::uint32_t offset = encoding.kind == number_kind::unsigned_integer ? 0x8000'0000 : 0;
    switch (encoding.bytes) {
        case 1: return integers<std::uint8_t, Order>(from, offset, to);
        case 2: return integers<std::uint16_t, Order>(from, offset, to);
        case 3: return integers_of_three_bytes<Order>(from, offset, to);
        case 4: return integers<std::uint32_t, Order>(from, offset, to);
        default: return;
    }
}

}   // namespace

void decode(std::span<const unsigned char> bytes, const sample_encoding& encoding, const channel_spans& channels) noexcept
{
    const stored_frames from{bytes.data(), channels.size(), frames_of(channels)};
    if (encoding.order == std::endian::little) decode_in<std::endian::little>(from, encoding, channels);
    else decode_in<std::endian::big>(from, encoding, channels);
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
