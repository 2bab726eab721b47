// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"

namespace command {

byte_string channel_layout(std::uint32_t speakers)
{
    constexpr std::uint32_t use_bitmap = 1u << 16, descriptions = 0;
    return byte_writer{std::endian::big}.number(use_bitmap, 4).number(speakers, 4).number(descriptions, 4).written();
}

}   // namespace command
