// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/chain/chain.hpp>
#include <phono/network/parts.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/loading.hpp>
#include <phono/stage/op_amp.hpp>
#include <phono/stage/transimpedance_stage.hpp>

#include <type_traits>

namespace phono::inline v0_2 {

/// The two kinds of cartridge whose EMF is in series with a coil.
enum class cartridge_kind { magnetic, moving_coil };

/// True for a cartridge whose EMF is in series with a coil. A ceramic one is not: its EMF follows displacement, in series with a
/// capacitance.
template <class Cartridge>
inline constexpr bool is_coil_cartridge = std::is_same_v<Cartridge, magnetic_cartridge> || std::is_same_v<Cartridge, moving_coil_cartridge>;

/// The kind of a cartridge.
[[nodiscard]] constexpr cartridge_kind kind_of(const magnetic_cartridge&) noexcept { return cartridge_kind::magnetic; }
/// The kind of a cartridge.
[[nodiscard]] constexpr cartridge_kind kind_of(const moving_coil_cartridge&) noexcept { return cartridge_kind::moving_coil; }

/// The usual load of a voltage input for a magnetic cartridge: 47 kOhm.
[[nodiscard]] constexpr resistance usual_load(const magnetic_cartridge&) noexcept { return resistance{47e3}; }
/// The usual load for a moving coil: ten times its resistance, but at least 100 Ohm.
/// Source: Audio-Technica, cartridge guide 2019/20, p. 55 (load at least ten times the source).
[[nodiscard]] constexpr resistance usual_load(const moving_coil_cartridge& cartridge) noexcept
{
    constexpr resistance least{100.0};
    return 10.0 * cartridge.resistance < least ? least : 10.0 * cartridge.resistance;
}

/// The two inputs that a cartridge is tried on: a voltage input and a trans-impedance input, both without RIAA, with the same amplifier.
///
/// Circuit: EMF and coil - load and cable to ground - non-inverting amplifier of 1 + zf/ground_arm = voltage_gain;
/// EMF and coil - cable to ground - amplifier's minus input, `feedback` from its output.
/// Noise of the amplifier: in volts and amperes per root hertz, by default that of a good bipolar input.
/// Range: all above zero; cable 0 (absent) or above; voltage_gain above 0 dB.
struct match_inputs {
    resistance load{47e3};
    capacitance cable{100e-12};
    gain open_loop_gain{100.0};
    frequency gain_bandwidth{10e6};
    gain voltage_gain{40.0};
    resistance ground_arm{10.0};
    resistance feedback{1e3};
    double voltage_noise = 1e-9;
    double current_noise = 2e-12;

    /// The amplifier of either input, with one pole.
    [[nodiscard]] constexpr op_amp amplifier() const noexcept
    {
        return {.gain = open_loop_gain, .corner = corner_of(open_loop_gain, gain_bandwidth)};
    }
};

/// The cartridge into the voltage input's load, before its amplifier.
template <class Cartridge>
[[nodiscard]] constexpr auto loaded_cartridge(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, loading{.resistance = inputs.load, .cable = inputs.cable}};
}

/// The cartridge on the voltage input, from its EMF to the amplifier's output.
template <class Cartridge>
[[nodiscard]] constexpr auto voltage_input(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{
        cartridge, loading{.resistance = inputs.load, .cable = inputs.cable},
        feedback_stage{inputs.amplifier(), resistor{inputs.ground_arm * (inputs.voltage_gain.ratio() - 1.0)}, resistor{inputs.ground_arm}}};
}

/// The cartridge on the trans-impedance input, from its EMF to the amplifier's output.
template <class Cartridge>
[[nodiscard]] constexpr auto transimpedance_input(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return chain{cartridge, cable{.capacitance = inputs.cable}, transimpedance_stage{inputs.amplifier(), resistor{inputs.feedback}}};
}

}   // namespace phono::inline v0_2
