// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace command {

/// What Wave64 has in place of a chunk's four characters: they and one of three ends; `LIST` has small letters.
[[nodiscard]] constexpr std::array<unsigned char, 16> wave64_guid(std::string_view id) noexcept
{
    constexpr std::array<unsigned char, 12> of_riff{0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00};
    constexpr std::array<unsigned char, 12> of_list{0x2f, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 0x04, 0xc1, 0x00, 0x00};
    constexpr std::array<unsigned char, 12> of_others{0xf3, 0xac, 0xd3, 0x11, 0x8c, 0xd1, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a};
    const bool is_list = id == "LIST";
    const auto letters = is_list ? std::string_view{"list"} : id.substr(0, 4);
    const auto& rest = id == "riff" ? of_riff : is_list ? of_list : of_others;
    std::array<unsigned char, 16> guid{};
    std::copy(letters.begin(), letters.end(), guid.begin());
    std::copy(rest.begin(), rest.end(), guid.begin() + 4);
    return guid;
}

}   // namespace command
