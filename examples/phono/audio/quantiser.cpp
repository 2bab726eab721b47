// SPDX-License-Identifier: BSL-1.0
#include "audio/quantiser.hpp"

#include <cassert>
#include <cmath>
#include <cstddef>

namespace command {

// The sum of two uniform numbers of 32 bits, centred: -1 to 1 LSB.
double quantiser::triangular()
{
    const auto bits = generator_();
    return (double(bits >> 32) + double(bits & 0xffff'ffffu) + 1.0) * 0x1p-32 - 1.0;
}

void quantiser::operator()(std::span<const double> in, std::span<std::int32_t> out)
{
    const double scale = std::ldexp(1.0, bits_ - 1);
    const double lowest = -scale;
    const double highest = scale - 1.0;
    const double upper_bits = std::ldexp(1.0, 32 - bits_);
    for (std::size_t i = 0; i < in.size(); ++i) {
        assert(std::isfinite(in[i]));   // what is not a number has no nearest integer
        const double wanted = in[i] * scale;
        double level = std::nearbyint(dither_ ? wanted + triangular() : wanted);
        if (!(level >= lowest && level <= highest)) {   // what is not a number must not reach the conversion either
            ++clipped_;
            level = level > highest ? highest : lowest;
        }
        out[i] = static_cast<std::int32_t>(level * upper_bits);
    }
}

}   // namespace command
