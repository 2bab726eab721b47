// SPDX-License-Identifier: BSL-1.0
#include "writers/chunk_placement.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace command {

namespace {

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& all, std::string_view id) noexcept
{
    return std::find(all.begin(), all.end(), id) != all.end();
}

}   // namespace

bool stands_before_sound(std::string_view id) noexcept
{
    static constexpr std::array<std::string_view, 7> before{"bext", "iXML", "cart", "axml", "chna", "umid", "JUNK"};
    return contains(before, id);
}

bool describes_sound(std::string_view id) noexcept
{
    static constexpr std::array<std::string_view, 13> ours{"RIFF", "RF64", "BW64", "ds64", "fmt ", "fact", "data",
                                                           "PEAK", "FORM", "FVER", "COMM", "SSND", "desc"};
    return contains(ours, id);
}

}   // namespace command
