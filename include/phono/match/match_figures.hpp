// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/impedance.hpp>
#include <phono/analysis/loop_gain.hpp>
#include <phono/match/input_figures.hpp>

#include <array>
#include <complex>
#include <cstddef>

namespace phono::inline v0_2 {

/// The effect of a load resistor on the voltage input.
struct load_effect {
    resistance load{};
    gain gain_at_1_khz{};
    gain at_20_khz{};
};

/// A cartridge, whose winding is known or taken for known, on its inputs.
struct match_figures {
    cartridge_kind kind{};
    voltage emf{};   ///< RMS at 1 kHz and 5 cm/s RMS
    phono::resistance resistance{};
    phono::inductance inductance{};
    match_inputs inputs{};
    input_figures voltage_input{}, transimpedance_input{};
    input_figures transformer_input{};    ///< of a moving coil only
    double coil_snr = 0.0;                ///< of the coil's thermal noise alone, RIAA- and A-weighted, dB
    std::array<load_effect, 3> loads{};   ///< half the load, the load, double the load
    phono::resistance input_impedance_at_1_khz{}, input_impedance_at_20_khz{};   ///< of the trans-impedance input, magnitudes
    double phase_margin = 180.0;   ///< of its loop, degrees; 180 if the loop gain never crosses one
};

namespace detail {

/// The phase margin of the trans-impedance input's loop, degrees.
template <class Cartridge>
[[nodiscard]] constexpr double match_margin(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    return phase_margin(transimpedance_input(cartridge, inputs)).value_or(phase_margin_at{}).degrees;
}

/// All figures of a cartridge whose winding is what it says, 0 being none.
template <class Cartridge>
[[nodiscard]] constexpr match_figures figures_with_winding(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    match_figures found{.kind = kind_of(cartridge),
                        .emf = cartridge.output,
                        .resistance = cartridge.resistance,
                        .inductance = cartridge.inductance,
                        .inputs = inputs,
                        .voltage_input = voltage_figures(cartridge, inputs),
                        .transimpedance_input = transimpedance_figures(cartridge, inputs),
                        .coil_snr = coil_noise(cartridge).snr};
    if (found.kind == cartridge_kind::moving_coil) found.transformer_input = transformer_figures(cartridge, inputs);
    match_inputs other = inputs;
    for (std::size_t i = 0; i < found.loads.size(); ++i) {
        constexpr std::array times{0.5, 1.0, 2.0};
        other.load = times[i] * inputs.load;
        const auto schematic = voltage_input(cartridge, other);
        const math::complex at_1_khz = direct_response(circuit{schematic}, on_axis(match_middle));
        found.loads[i] = {other.load, gain{math::decibels(math::abs(at_1_khz))}, treble(schematic)};
    }
    const auto seen = [&](frequency f) {
        const transimpedance_stage stage{inputs.amplifier.with_noise(), feedback_arm{inputs.feedback, inputs.feedback_capacitor}};
        const std::complex<double> z = input_impedance(stage, f);
        return phono::resistance{math::abs(math::complex{z.real(), z.imag()})};
    };
    found.input_impedance_at_1_khz = seen(match_middle);
    found.input_impedance_at_20_khz = seen(match_treble);
    found.phase_margin = match_margin(cartridge, inputs);
    return found;
}

}   // namespace detail

}   // namespace phono::inline v0_2
