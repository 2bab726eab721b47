// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"

#include <phono/chain/chain.hpp>
#include <phono/stage/loading.hpp>

#include <optional>
#include <type_traits>

namespace command {

/// What stands between a preamp's cartridge and its first stage, as far as another cartridge must know.
struct preamp_input {
    bool reads_current = false;         ///< a current input: the cartridge is part of its gain
    bool has_transformer = false;       ///< a step-up transformer of its own
    std::optional<value_pair> load{};   ///< its loading, if it is one resistor and its capacitances
};

template <class Source, class... Block>
[[nodiscard]] preamp_input input_of(const phono::chain<Source, Block...>& schematic)
{
    preamp_input input;
    schematic.blocks.for_each([&input]<class Each>(const Each& block, int) {
        if (Each::role == phono::signal_role::current_input) input.reads_current = true;
        if (Each::role == phono::signal_role::transformer) input.has_transformer = true;
        if constexpr (std::is_same_v<Each, phono::loading>) input.load = {block.resistance.si, block.capacitance.si + block.cable.si};
    });
    return input;
}

}   // namespace command
