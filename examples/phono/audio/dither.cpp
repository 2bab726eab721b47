// SPDX-License-Identifier: BSL-1.0
#include "audio/dither.hpp"

#include "audio/threefry.hpp"
#include "support/vectorised.hpp"

#include <cstddef>

namespace command {

namespace {

constexpr double triangular(std::uint32_t word) noexcept
{
    return static_cast<double>(static_cast<std::int32_t>((word & 0xffff) + (word >> 16) + 1)) * 0x1p-16 - 1.0;
}

PHONO_VECTORISED void pairs(std::uint32_t channel, std::uint64_t counter, double* steps, std::size_t count) noexcept
{
    for (std::size_t i = 0; i < count; ++i) {
        const auto words = threefry(counter + i, {channel});
        steps[2 * i] = triangular(words[0]);
        steps[2 * i + 1] = triangular(words[1]);
    }
}

}   // namespace

void triangular_dither(std::uint32_t channel, std::uint64_t first_sample, std::span<double> steps) noexcept
{
    auto counter = first_sample / 2;
    if (first_sample % 2 != 0 && !steps.empty()) {
        steps.front() = triangular(threefry(counter++, {channel})[1]);
        steps = steps.subspan(1);
    }
    pairs(channel, counter, steps.data(), steps.size() / 2);
    if (steps.size() % 2 != 0) steps.back() = triangular(threefry(counter + steps.size() / 2, {channel})[0]);
}

}   // namespace command
