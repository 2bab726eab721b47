// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"
#include "support/failure.hpp"

#include <phono/chain/chain.hpp>
#include <phono/match/match_inputs.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/step_up_transformer.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>

namespace command {

/// The cartridge that a preamp gets in place of its own, in SI units.
struct other_cartridge {
    std::string title;   ///< for people
    double resistance{}, inductance{}, interwinding{};
    double output{};                    ///< EMF, RMS, at 1 kHz and 5 cm/s; 0 where it is not known
    double step_up = 1.0;               ///< of an ideal transformer, or of the preamp's own
    std::optional<value_pair> load{};   ///< the preamp's own where it is absent
};

template <class Chain>
inline constexpr bool has_transformer = false;
template <class... Block>
inline constexpr bool has_transformer<phono::chain<Block...>> = (std::is_same_v<Block, phono::step_up_transformer> || ...);

/// A preamp's schematic with another cartridge: of the same type, with other values. One that begins with no coil, or has no load that is
/// one resistor and its capacitances where another is wanted, is a failure.
template <class... Block>
[[nodiscard]] phono::chain<Block...> with_cartridge(phono::chain<Block...> schematic, const other_cartridge& other)
{
    const double turns = has_transformer<phono::chain<Block...>> ? 1.0 : other.step_up;
    bool has_coil = false;
    bool has_load = false;
    const auto replace = [&]<class Each>(Each& block) {
        if constexpr (phono::is_coil_cartridge<Each>) {
            block.resistance = phono::resistance{other.resistance * turns * turns};
            block.inductance = phono::inductance{other.inductance * turns * turns};
            block.output = phono::voltage{other.output * turns};
            has_coil = true;
        }
        if constexpr (std::is_same_v<Each, phono::magnetic_cartridge>) {
            constexpr double least = 1e-6;   // H: its block has an inductance; this one no audio knows of
            block.inductance = phono::inductance{std::max(block.inductance.si, least)};
            block.interwinding = phono::capacitance{other.interwinding / (turns * turns)};
        }
        if constexpr (std::is_same_v<Each, phono::step_up_transformer>)
            if (other.step_up != 1.0) block.ratio = other.step_up;
        if constexpr (std::is_same_v<Each, phono::loading>) {
            has_load = true;
            if (other.load) block = {phono::resistance{other.load->resistance}, phono::capacitance{other.load->other}};
        }
    };
    const auto each = [&replace](const auto& self, auto& blocks) -> void {
        if constexpr (requires { blocks.head; }) {
            replace(blocks.head);
            self(self, blocks.tail);
        }
    };
    each(each, schematic.blocks);
    if (!has_coil)
        throw failure{"--cartridge: this preamp begins with no coil, whose place another could take; give one that does, or a curve"};
    if (other.load && !has_load) throw failure{"--load: this preamp has no load of a resistor and a capacitance to replace; leave it out"};
    return schematic;
}

}   // namespace command
