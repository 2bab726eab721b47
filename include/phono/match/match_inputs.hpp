// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridge_sheet.hpp>
#include <phono/chain/chain.hpp>
#include <phono/match/cartridge_kind.hpp>
#include <phono/match/feedback_arm.hpp>
#include <phono/network/parts.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/step_up_transformer.hpp>
#include <phono/stage/transimpedance_stage.hpp>

namespace phono::inline v0_2 {

/// Between what a moving coil's winding is taken to lie where nobody states it, in henries per ohm of its coil.
///
/// Assumed: the two of the catalogue that are known have 1.3 and 2.1 uH per ohm, and the most that is handed down, 150 uH for a DL-103, is
/// 3.8. Range: 0 <= least <= most; both 0: an unknown winding is none.
struct winding_range {
    double least = 1e-6, most = 4e-6;
};

/// The inputs that a cartridge is tried on: a voltage input, a trans-impedance input with the same amplifier, and for a moving coil a
/// voltage input of its own amplifier behind a step-up transformer. All are without RIAA.
///
/// Circuit: EMF and coil - load and cable to ground - non-inverting amplifier of 1 + zf/ground_arm = voltage_gain;
/// EMF and coil - cable to ground - amplifier's minus input, `feedback` and `feedback_capacitor` from its output;
/// EMF and coil - cable to ground - transformer - transformer_load - non-inverting amplifier of voltage_gain.
/// The cartridge's maker may recommend a load and its capacitance; least and most are 0 where none is stated.
/// The groove's noise is what a quiet one makes, RIAA- and A-weighted, re 5 cm/s: assumed. pspatialaudio.com/LP_performance.htm measures a
/// new record, clicks removed, 80 dB below the loudest groove, which is some 10 to 17 dB above 5 cm/s.
/// Range: all above zero; cable and feedback_capacitor 0 (absent) or above; voltage_gain above 0 dB.
struct match_inputs {
    resistance load{47e3};
    capacitance cable{100e-12};
    amplifier_sheet amplifier = amplifiers::ne5534a;
    gain voltage_gain{40.0};
    resistance ground_arm{10.0};
    resistance feedback{1e3};
    capacitance feedback_capacitor{0.0};
    step_up_transformer transformer{.secondary_capacitance = capacitance{100e-12}};
    resistance transformer_load{47e3};
    amplifier_sheet transformer_amplifier = amplifiers::ne5534a;
    recommended<resistance> makers_load{};
    recommended<capacitance> makers_capacitance{};
    winding_range unknown_winding{};
    gain groove_noise{-72.0};
};

/// The cartridge into the voltage input's load, before its amplifier.
template <class Cartridge>
[[nodiscard]] constexpr auto loaded_cartridge(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, loading{.resistance = inputs.load, .cable = inputs.cable}};
}

namespace detail {

/// The non-inverting amplifier of a voltage input.
[[nodiscard]] constexpr auto voltage_amplifier(const amplifier_sheet& amplifier, const match_inputs& inputs) noexcept
{
    return feedback_stage{amplifier.with_noise(), resistor{inputs.ground_arm * (inputs.voltage_gain.ratio() - 1.0)},
                          resistor{inputs.ground_arm}};
}

}   // namespace detail

/// The cartridge on the voltage input, from its EMF to the amplifier's output.
template <class Cartridge>
[[nodiscard]] constexpr auto voltage_input(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, loading{.resistance = inputs.load, .cable = inputs.cable}, detail::voltage_amplifier(inputs.amplifier, inputs)};
}

/// The cartridge on the trans-impedance input, from its EMF to the amplifier's output.
template <class Cartridge>
[[nodiscard]] constexpr auto transimpedance_input(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, cable{.capacitance = inputs.cable},
                 transimpedance_stage{inputs.amplifier.with_noise(), feedback_arm{inputs.feedback, inputs.feedback_capacitor}}};
}

/// The cartridge on the transformer before a load, without the amplifier.
template <class Cartridge>
[[nodiscard]] constexpr auto transformed_cartridge(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, cable{.capacitance = inputs.cable}, inputs.transformer, loading{.resistance = inputs.transformer_load}};
}

/// The cartridge on the transformer and a voltage input, from its EMF to the amplifier's output.
template <class Cartridge>
[[nodiscard]] constexpr auto transformer_input(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, cable{.capacitance = inputs.cable}, inputs.transformer, loading{.resistance = inputs.transformer_load},
                 detail::voltage_amplifier(inputs.transformer_amplifier, inputs)};
}

}   // namespace phono::inline v0_2
