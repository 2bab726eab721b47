// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace command {

/// The order in which a file stores the bytes of a number.
enum class byte_order { little, big };

/// The unsigned number that these bytes are, at most eight of them.
[[nodiscard]] constexpr std::uint64_t number(std::span<const unsigned char> bytes, byte_order order) noexcept
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) value = value << 8 | bytes[order == byte_order::big ? i : bytes.size() - 1 - i];
    return value;
}

}   // namespace command
