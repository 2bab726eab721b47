// SPDX-License-Identifier: BSL-1.0
#include "writers/encoding.hpp"

#include "support/byte_order.hpp"
#include "support/vectorised.hpp"

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace command {

namespace {

// Integers in the upper bits of 32.
template <typename Word, std::endian Order>
PHONO_VECTORISED void integers(const std::int32_t* samples, unsigned char* out, std::size_t count) noexcept
{
    for (std::size_t i = 0; i < count; ++i)
        put_word<Order>(out + sizeof(Word) * i, static_cast<Word>(static_cast<std::uint32_t>(samples[i]) >> (32 - 8 * sizeof(Word))));
}

// Four samples to twelve bytes by a vector's shuffle, which puts four more bytes that the next ones overwrite. Returns how many it has done.
template <std::endian Order>
PHONO_VECTORISED std::size_t three_bytes_of_four(const std::int32_t* samples, unsigned char* out, std::size_t count) noexcept
{
    using sixteen_bytes [[gnu::vector_size(16)]] = unsigned char;
    constexpr int low = Order == std::endian::little ? 1 : 3, mid = 2, high = 4 - low;
    std::size_t i = 0;
    for (; i + 6 <= count; i += 4) {
        sixteen_bytes four;
        std::memcpy(&four, samples + i, sizeof four);
        four = __builtin_shufflevector(four, four, low, mid, high, 4 + low, 4 + mid, 4 + high, 8 + low, 8 + mid, 8 + high, 12 + low,
                                       12 + mid, 12 + high, 0, 0, 0, 0);
        std::memcpy(out + 3 * i, &four, sizeof four);
    }
    return i;
}

template <std::endian Order>
void integers_of_three_bytes(const std::int32_t* samples, unsigned char* out, std::size_t count) noexcept
{
    std::size_t i = 0;
    if constexpr (std::endian::native == std::endian::little) i = three_bytes_of_four<Order>(samples, out, count);
    for (; i < count; ++i)
        for (std::size_t k = 0; k < 3; ++k) {
            const auto shift = 8 * (Order == std::endian::little ? 1 + k : 3 - k);
            out[3 * i + k] = static_cast<unsigned char>(static_cast<std::uint32_t>(samples[i]) >> shift);
        }
}

template <typename Number, typename Word, std::endian Order>
PHONO_VECTORISED void floats(const double* samples, unsigned char* out, std::size_t count) noexcept
{
    for (std::size_t i = 0; i < count; ++i) put_word<Order>(out + sizeof(Word) * i, std::bit_cast<Word>(static_cast<Number>(samples[i])));
}

template <std::endian Order>
void store_in(std::span<const std::int32_t> samples, int bits, unsigned char* out) noexcept
{
    switch (bits) {
        case 16: return integers<std::uint16_t, Order>(samples.data(), out, samples.size());
        case 24: return integers_of_three_bytes<Order>(samples.data(), out, samples.size());
        default: return integers<std::uint32_t, Order>(samples.data(), out, samples.size());
    }
}

template <std::endian Order>
void store_in(std::span<const double> samples, bool is_float, unsigned char* out) noexcept
{
    if (is_float) floats<float, std::uint32_t, Order>(samples.data(), out, samples.size());
    else floats<double, std::uint64_t, Order>(samples.data(), out, samples.size());
}

}   // namespace

void store(std::span<const std::int32_t> samples, sample_format format, std::endian order, unsigned char* out)
{
    assert(is_integer(format));
    if (order == std::endian::little) store_in<std::endian::little>(samples, bits(format), out);
    else store_in<std::endian::big>(samples, bits(format), out);
}

void store(std::span<const double> samples, sample_format format, std::endian order, unsigned char* out)
{
    assert(!is_integer(format));
    const bool is_float = format == sample_format::float32;
    if (order == std::endian::little) store_in<std::endian::little>(samples, is_float, out);
    else store_in<std::endian::big>(samples, is_float, out);
}

}   // namespace command
