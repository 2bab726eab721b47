// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_inputs.hpp>

#include <string_view>

namespace phono::inline v0_2 {

/// The usual load of a voltage input for a magnetic cartridge: 47 kOhm.
[[nodiscard]] constexpr resistance usual_load(const magnetic_cartridge&) noexcept { return resistance{47e3}; }
/// The usual load for a moving coil: ten times its resistance, but at least 100 Ohm.
/// Source: Audio-Technica, cartridge guide 2019/20, p. 55 (load at least ten times the source).
[[nodiscard]] constexpr resistance usual_load(const moving_coil_cartridge& cartridge) noexcept
{
    constexpr resistance least{100.0};
    return 10.0 * cartridge.resistance < least ? least : 10.0 * cartridge.resistance;
}

/// The name, in the catalogue, of the amplifier that a cartridge is tried with unless told: for a magnetic one the NE5534A, whose low current
/// noise suits its winding; for a moving coil the LT1028, whose voltage noise is the lowest of the catalogue.
[[nodiscard]] constexpr std::string_view usual_amplifier_name(const magnetic_cartridge&) noexcept { return "ne5534a"; }
/// The same for a moving coil.
[[nodiscard]] constexpr std::string_view usual_amplifier_name(const moving_coil_cartridge&) noexcept { return "lt1028"; }
/// That amplifier.
template <class Cartridge>
[[nodiscard]] constexpr const amplifier_sheet& usual_amplifier(const Cartridge& cartridge) noexcept
{
    return catalogue::find_amplifier(usual_amplifier_name(cartridge))->value;
}

/// A step-up transformer as made for a coil, of a ratio, before 47 kOhm.
///
/// Assumed: the copper of either winding makes a tenth of the coil, the main inductance ends the bass at 3 Hz, leakage is 0.7 uH per ohm as
/// a Sowter 8055's is for 14 Ohm, 100 pF stand at the output.
[[nodiscard]] constexpr step_up_transformer usual_transformer(resistance coil, double ratio) noexcept
{
    return {.ratio = ratio,
            .primary_resistance = 0.1 * coil,
            .secondary_resistance = 0.1 * ratio * ratio * coil,
            .magnetising = inductance{coil.si / (2.0 * math::pi * 3.0)},
            .leakage = inductance{0.7e-6 * coil.si},
            .secondary_capacitance = capacitance{100e-12}};
}

/// The same of the highest ratio of 5, 10, 15, 20, 30 and 40 that lets the coil see ten times its resistance.
/// Makers have 10 for 40 Ohm (Denon AU-320), 20 for 1 to 6 Ohm (Ortofon SPU-T100), 56 for 3 Ohm (Ortofon T2000).
[[nodiscard]] constexpr step_up_transformer usual_transformer(resistance coil) noexcept
{
    constexpr resistance load{47e3};
    double ratio = 5.0;
    for (const double sold : {10.0, 15.0, 20.0, 30.0, 40.0})
        if (load.si / (sold * sold) >= 10.0 * coil.si) ratio = sold;
    return usual_transformer(coil, ratio);
}

/// The inputs that a cartridge is tried on unless told: its usual load, amplifier and transformer, and all else as in match_inputs.
template <class Cartridge>
[[nodiscard]] constexpr match_inputs usual_inputs(const Cartridge& cartridge) noexcept
{
    return {.load = usual_load(cartridge), .amplifier = usual_amplifier(cartridge), .transformer = usual_transformer(cartridge.resistance)};
}

/// The same as its maker's sheet has it: the usual load, or the nearest that the maker recommends.
template <class Cartridge>
[[nodiscard]] constexpr match_inputs usual_inputs(const Cartridge& cartridge, const cartridge_sheet& sheet) noexcept
{
    match_inputs inputs = usual_inputs(cartridge);
    inputs.makers_load = sheet.load;
    inputs.makers_capacitance = sheet.load_capacitance;
    if (inputs.load < sheet.load.least) inputs.load = sheet.load.least;
    if (sheet.load.most.si > 0.0 && inputs.load > sheet.load.most) inputs.load = sheet.load.most;
    return inputs;
}

}   // namespace phono::inline v0_2
