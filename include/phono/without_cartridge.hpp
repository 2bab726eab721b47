// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain.hpp>
#include <phono/source/voltage_source.hpp>

namespace phono {

namespace detail {

template <class... Kept, class... Block>
constexpr auto from_first_stage(const links<Block...>& rest, const Kept&... kept) noexcept
{
    if constexpr (sizeof...(Block) == 0) return chain{voltage_source{}, kept...};
    else if constexpr (decltype(rest.head)::role == signal_role::load && sizeof...(Kept) == 0) return from_first_stage(rest.tail);
    else return from_first_stage(rest.tail, kept..., rest.head);
}

}  // namespace detail

/// The schematic behind its cartridge and loading, driven by an ideal voltage source: what a flat transfer, which already holds its own
/// cartridge and load, is played through.
template <class Source, class... Block>
constexpr auto without_cartridge(const chain<Source, Block...>& schematic) noexcept
{
    return detail::from_first_stage(schematic.blocks.tail);
}

}  // namespace phono
