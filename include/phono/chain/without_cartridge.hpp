// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>
#include <phono/source/voltage_source.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

namespace detail {

/// True for a block that belongs between the cartridge and the first stage, and nowhere else.
template <class Block>
inline constexpr bool is_ahead_of_stages =
    Block::role == signal_role::cable || Block::role == signal_role::transformer || Block::role == signal_role::load;

template <class... Kept, class... Block>
[[nodiscard]] constexpr auto from_first_stage(const links<Block...>& rest, const Kept&... kept) noexcept
{
    if constexpr (sizeof...(Block) == 0) return chain{voltage_source{}, kept...};
    else if constexpr (is_ahead_of_stages<std::remove_const_t<decltype(rest.head)>>) return from_first_stage(rest.tail);
    else return from_first_stage(rest.tail, kept..., rest.head);
}

}   // namespace detail

/// The schematic without its cartridge and loading, driven by an ideal voltage source: for a flat transfer, which already includes its own
/// cartridge and load. A current input has no defined gain without the coil before it, so such a schematic is returned unchanged.
template <class Source, class... Block>
[[nodiscard]] constexpr auto without_cartridge(const chain<Source, Block...>& schematic) noexcept
{
    if constexpr (((Block::role == signal_role::current_input) || ...)) return schematic;
    else return detail::from_first_stage(schematic.blocks.tail);
}

}   // namespace phono::inline v0_2
