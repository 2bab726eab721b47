// SPDX-License-Identifier: BSL-1.0
#include "writers/channel_layout.hpp"

namespace command {

bytes channel_layout(std::uint32_t speakers)
{
    constexpr std::uint32_t use_bitmap = 1u << 16;
    bytes content;
    append_big(content, use_bitmap);
    append_big(content, speakers);
    append_big(content, std::uint32_t{0});   // descriptions that follow
    return content;
}

}   // namespace command
