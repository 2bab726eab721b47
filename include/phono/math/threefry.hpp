// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace phono::inline v0_2::math {

/// Threefry-2x32 with 13 rounds, the fewest with which it passes all of BigCrush: two words of 32 bits that look random, of a counter and a
/// key. Words for any counter are made without those before, in any order and in any number of lanes.
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405.
[[nodiscard]] constexpr std::array<std::uint32_t, 2> threefry(std::uint64_t counter, std::array<std::uint32_t, 2> key) noexcept
{
    constexpr std::uint32_t parity = 0x1bd1'1bda;   // of Skein's key schedule
    std::uint32_t a = static_cast<std::uint32_t>(counter) + key[0], b = static_cast<std::uint32_t>(counter >> 32) + key[1];
    const std::uint32_t last = parity ^ key[0] ^ key[1];
    const auto round = [&](int bits) { a += b, b = std::rotl(b, bits) ^ a; };
    const auto add_key = [&](std::uint32_t one, std::uint32_t two, std::uint32_t times) { a += one, b += two + times; };
    round(13), round(15), round(26), round(6);
    add_key(key[1], last, 1);
    round(17), round(29), round(16), round(24);
    add_key(last, key[0], 2);
    round(13), round(15), round(26), round(6);
    add_key(key[0], key[1], 3);
    round(17);
    return {a, b};
}

}   // namespace phono::inline v0_2::math
