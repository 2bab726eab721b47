// SPDX-License-Identifier: BSL-1.0
#include "writers/encoding.hpp"

#include <cassert>
#include <cstddef>

namespace command {

namespace {

// The byte order and the size are known to the compiler, which makes one store of it, or a vector's.
template <std::size_t size, std::endian order, typename Sample, typename Bits>
void store_all(std::span<const Sample> samples, unsigned char* out, Bits bits_of)
{
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto value = bits_of(samples[i]);
        for (std::size_t k = 0; k < size; ++k) {
            const auto shift = 8 * (order == std::endian::little ? k : size - 1 - k);
            out[i * size + k] = static_cast<unsigned char>(value >> shift);
        }
    }
}

template <std::size_t size, typename Sample, typename Bits>
void store_in(std::endian order, std::span<const Sample> samples, unsigned char* out, Bits bits_of)
{
    if (order == std::endian::little) store_all<size, std::endian::little>(samples, out, bits_of);
    else store_all<size, std::endian::big>(samples, out, bits_of);
}

template <int bits>
std::uint32_t lower(std::int32_t sample)
{
    return static_cast<std::uint32_t>(sample) >> (32 - bits);
}

}   // namespace

void store(std::span<const std::int32_t> samples, sample_format format, std::endian order, unsigned char* out)
{
    assert(is_integer(format));
    switch (bits(format)) {
        case 16: return store_in<2>(order, samples, out, lower<16>);
        case 24: return store_in<3>(order, samples, out, lower<24>);
        default: return store_in<4>(order, samples, out, lower<32>);
    }
}

void store(std::span<const double> samples, sample_format format, std::endian order, unsigned char* out)
{
    assert(!is_integer(format));
    if (format == sample_format::float32)
        store_in<4>(order, samples, out, [](double x) { return std::bit_cast<std::uint32_t>(static_cast<float>(x)); });
    else store_in<8>(order, samples, out, [](double x) { return std::bit_cast<std::uint64_t>(x); });
}

}   // namespace command
