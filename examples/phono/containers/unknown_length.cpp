// SPDX-License-Identifier: BSL-1.0
#include "containers/unknown_length.hpp"

#include <algorithm>
#include <array>

namespace command {

bool means_unknown(std::uint64_t announced, std::uint64_t header_bytes, std::uint64_t frame_bytes) noexcept
{
    if (announced >= std::uint64_t{1} << 50) return true;   // no recording is as long
    const std::uint64_t step = std::max<std::uint64_t>(frame_bytes, 2);
    // What may be taken off the largest number: nothing, a head of RIFF, and the header with and without it.
    const std::array heads{std::uint64_t{0}, std::uint64_t{8}, header_bytes, header_bytes - std::min<std::uint64_t>(header_bytes, 8)};
    for (const auto power : {std::uint64_t{1} << 31, std::uint64_t{1} << 32})
        for (const auto rounded : {0u, 1u, 1u << 12, 1u << 16, 1u << 24})
            for (const auto head : heads) {
                const auto largest = power - rounded - head;
                if (announced <= largest && largest - announced < step) return true;
            }
    return false;
}

}   // namespace command
