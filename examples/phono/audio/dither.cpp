// SPDX-License-Identifier: BSL-1.0
#include "audio/dither.hpp"

#include "support/vectorised.hpp"

#include <phono/math/threefry.hpp>

#include <algorithm>
#include <cstddef>

namespace command {

namespace {

using phono::math::threefry;

constexpr std::int32_t triangular(std::uint32_t word) noexcept
{
    return static_cast<std::int32_t>((word & 0xffff) + (word >> 16)) - 0xffff;
}

// Counters of which the upper 32 bits are the same: all lanes are 32 bits wide.
PHONO_VECTORISED void pairs(std::uint32_t channel, std::uint64_t counter, std::int32_t* parts, std::size_t count) noexcept
{
    const auto upper = counter & ~std::uint64_t{0xffff'ffff};
    const auto lower = static_cast<std::uint32_t>(counter);
    for (std::size_t i = 0; i < count; ++i) {
        const auto words = threefry(upper | (lower + static_cast<std::uint32_t>(i)), {channel});
        parts[2 * i] = triangular(words[0]);
        parts[2 * i + 1] = triangular(words[1]);
    }
}

}   // namespace

void triangular_dither(std::uint32_t channel, std::uint64_t first_sample, std::span<std::int32_t> parts) noexcept
{
    auto counter = first_sample / 2;
    if (first_sample % 2 != 0 && !parts.empty()) {
        parts.front() = triangular(threefry(counter++, {channel})[1]);
        parts = parts.subspan(1);
    }
    while (parts.size() >= 2) {
        const auto to_next_upper = (std::uint64_t{1} << 32) - static_cast<std::uint32_t>(counter);
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(parts.size() / 2, to_next_upper));
        pairs(channel, counter, parts.data(), count);
        counter += count;
        parts = parts.subspan(2 * count);
    }
    if (!parts.empty()) parts.front() = triangular(threefry(counter, {channel})[0]);
}

}   // namespace command
