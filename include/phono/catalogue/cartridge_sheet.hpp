// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/stated_output.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>

namespace phono::inline v0_2 {

/// The least and the most of a quantity that a maker recommends; 0 where there is no such limit, or none that is stated.
template <class Quantity>
struct recommended {
    Quantity least{}, most{};
};

/// What a cartridge's maker states of it. 0 is what no source says.
struct cartridge_sheet {
    stated_output output{};
    resistance coil{};   ///< DC
    inductance winding{};
    recommended<resistance> load{};
    recommended<capacitance> load_capacitance{};   ///< cable included

    /// The cartridge as a moving magnet or a moving iron.
    [[nodiscard]] constexpr magnetic_cartridge magnetic() const noexcept
    {
        return {.output = output.at_5_cm_s(), .resistance = coil, .inductance = winding};
    }
    /// The cartridge as a moving coil.
    [[nodiscard]] constexpr moving_coil_cartridge moving_coil() const noexcept
    {
        return {.output = output.at_5_cm_s(), .resistance = coil, .inductance = winding};
    }
};

}   // namespace phono::inline v0_2
