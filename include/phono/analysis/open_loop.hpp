// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>

namespace phono::inline v0_2 {

namespace detail {

/// The open loop of a stage with feedback; any other block unchanged.
template <class Block>
[[nodiscard]] constexpr auto open_loop_of(const Block& single) noexcept
{
    if constexpr (requires { single.open_loop(); }) return single.open_loop();
    else return single;
}

template <class... Block, class... Done>
[[nodiscard]] constexpr auto with_open_loops(const links<Block...>& rest, const Done&... done) noexcept
{
    if constexpr (sizeof...(Block) == 0) return chain{done...};
    else return with_open_loops(rest.tail, done..., open_loop_of(rest.head));
}

}   // namespace detail

/// The schematic with the feedback networks of its amplifiers removed, for the open-loop response. A feedback_path, which sets an
/// amplifier's operating point, stays in place.
template <class... Block>
[[nodiscard]] constexpr auto open_loop(const chain<Block...>& schematic) noexcept
{
    return detail::with_open_loops(schematic.blocks);
}

}   // namespace phono::inline v0_2
