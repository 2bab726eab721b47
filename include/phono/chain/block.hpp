// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>

namespace phono::inline v0_2 {

namespace detail {

template <int place>
constexpr auto& item_of(auto& items) noexcept
{
    if constexpr (place == 0) return items.head;
    else return item_of<place - 1>(items.tail);
}

/// Checks the place first, so that a wrong one gives a single error message.
template <int place, class... Block>
constexpr auto& block_of(auto& schematic) noexcept
{
    constexpr bool exists = place >= 0 && place < static_cast<int>(sizeof...(Block));
    static_assert(exists, "phono: the chain has no block of that place; they are counted from 0, the source, as faults count them");
    return item_of < exists ? place : 0 > (schematic.blocks);
}

}   // namespace detail

/// The block at a position in a schematic, counted from 0, the source, as in faults: block<1>(schematic).resistance = 33_kOhm;
template <int place, class... Block>
constexpr auto& block(chain<Block...>& schematic) noexcept
{
    return detail::block_of<place, Block...>(schematic);
}
/// The same of a constant schematic.
template <int place, class... Block>
[[nodiscard]] constexpr const auto& block(const chain<Block...>& schematic) noexcept
{
    return detail::block_of<place, Block...>(schematic);
}

}   // namespace phono::inline v0_2
