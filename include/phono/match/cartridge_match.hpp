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

/// A cartridge on both inputs.
struct cartridge_match {
    cartridge_kind kind{};
    voltage emf{};   ///< RMS at 1 kHz and 5 cm/s RMS
    phono::resistance resistance{};
    phono::inductance inductance{};   ///< 0 if unknown: every bandwidth is then an upper bound, and the phase margin is no bound
    match_inputs inputs{};
    input_figures voltage_input{}, transimpedance_input{};
    std::array<load_effect, 3> loads{};                                          ///< half the load, the load, double the load
    phono::resistance input_impedance_at_1_khz{}, input_impedance_at_20_khz{};   ///< of the trans-impedance input, magnitudes
    double phase_margin = 180.0;   ///< of its loop, degrees; 180 if the loop gain never crosses one
};

/// Computes the figures of a cartridge on both inputs; judge() turns them into verdicts.
///
/// Accuracy: within 1e-6 of each closed form. Errors: meaningless where a part is out of its range, which check(voltage_input(...))
/// reports. At compile time: within g++ 12's default limits; clang 14's default steps suffice for the figures of one input at a time.
template <class Cartridge>
[[nodiscard]] constexpr cartridge_match match(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    static_assert(is_coil_cartridge<Cartridge>,
                  "phono: match takes a magnetic or moving-coil cartridge; a ceramic one's EMF follows displacement, behind a capacitance: "
                  "it wants a load of megohms and no RIAA");
    cartridge_match found{.kind = kind_of(cartridge),
                          .emf = cartridge.output,
                          .resistance = cartridge.resistance,
                          .inductance = cartridge.inductance,
                          .inputs = inputs,
                          .voltage_input = voltage_figures(cartridge, inputs),
                          .transimpedance_input = transimpedance_figures(cartridge, inputs)};
    match_inputs other = inputs;
    for (std::size_t i = 0; i < found.loads.size(); ++i) {
        constexpr std::array times{0.5, 1.0, 2.0};
        other.load = times[i] * inputs.load;
        const auto schematic = voltage_input(cartridge, other);
        const math::complex at_1_khz = direct_response(circuit{schematic}, detail::on_axis(detail::match_middle));
        found.loads[i] = {other.load, gain{math::decibels(math::abs(at_1_khz))}, detail::treble(schematic)};
    }
    const auto seen = [&](frequency f) {
        const std::complex<double> z = input_impedance(transimpedance_stage{inputs.amplifier(), resistor{inputs.feedback}}, f);
        return resistance{math::abs(math::complex{z.real(), z.imag()})};
    };
    found.input_impedance_at_1_khz = seen(detail::match_middle);
    found.input_impedance_at_20_khz = seen(detail::match_treble);
    found.phase_margin = phono::phase_margin(transimpedance_input(cartridge, inputs)).value_or(phase_margin_at{}).degrees;
    return found;
}

/// The same with the cartridge's usual load and everything else at the defaults of match_inputs.
template <class Cartridge>
[[nodiscard]] constexpr cartridge_match match(const Cartridge& cartridge) noexcept
{
    if constexpr (is_coil_cartridge<Cartridge>) return match(cartridge, match_inputs{.load = usual_load(cartridge)});
    else return match(cartridge, match_inputs{});   // whose static_assert says what is wrong
}

}   // namespace phono::inline v0_2
