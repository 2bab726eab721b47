// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace command {

using bytes = std::vector<unsigned char>;

inline void append(bytes& to, const bytes& more) { to.insert(to.end(), more.begin(), more.end()); }

inline void append(bytes& to, std::string_view text)
{
    for (const char each : text) to.push_back(static_cast<unsigned char>(each));   // g++ 12 takes insert() for an overflow
}

/// Least significant byte first, as Intel's processors have it.
template <std::unsigned_integral T>
void append_little(bytes& to, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i) to.push_back(static_cast<unsigned char>(std::uint64_t{value} >> (8 * i)));
}

/// Most significant byte first.
template <std::unsigned_integral T>
void append_big(bytes& to, T value)
{
    for (std::size_t i = sizeof(T); i-- > 0;) to.push_back(static_cast<unsigned char>(std::uint64_t{value} >> (8 * i)));
}

/// Zeros up to a multiple of `unit`.
inline void pad(bytes& to, std::size_t unit)
{
    while (to.size() % unit != 0) to.push_back(0);
}

/// The most that 32 bits can say; all ones mean "unknown" or "see elsewhere" in the headers of sound files.
inline constexpr std::uint64_t most_in_32_bits = std::numeric_limits<std::uint32_t>::max() - 1;

}   // namespace command
