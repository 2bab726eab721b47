// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>
#include <phono/circuit/analogue_model.hpp>
#include <phono/circuit/circuit.hpp>

namespace phono::inline v0_2 {

/// Elaborates a schematic into one flat netlist.
template <class... Block>
[[nodiscard]] constexpr auto elaborate(const chain<Block...>& schematic) noexcept
{
    return detail::placed(schematic.blocks);
}

template <class... Block>
circuit(const chain<Block...>&) -> circuit<detail::size_of_blocks<Block...>()>;

/// The analogue model of a schematic: poles, zeros and faults.
template <class... Block>
[[nodiscard]] constexpr auto analyse(const chain<Block...>& schematic) noexcept
{
    return analyse(circuit{schematic});
}

}   // namespace phono::inline v0_2
