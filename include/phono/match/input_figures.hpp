// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_inputs.hpp>
#include <phono/match/treble.hpp>

#include <array>
#include <cstddef>

namespace phono {

/// The cables whose effect is told.
inline constexpr std::array match_cables{capacitance{100e-12}, capacitance{500e-12}, capacitance{5e-9}};

/// What a cartridge does on one input. Responses at 20 kHz are relative to 1 kHz.
struct input_figures {
    gain gain_at_1_khz{};    ///< from the EMF to the amplifier's output
    voltage output{};        ///< there, RMS at 1 kHz, for a recorded velocity of 5 cm/s RMS
    frequency bandwidth{};   ///< where the power has halved from 1 kHz; infinite if nowhere below 1 THz
    gain at_20_khz{};
    frequency source_bandwidth{};   ///< the same two of source and input alone, with an ideal amplifier
    gain source_at_20_khz{};
    gain peak{};                          ///< of source and input alone: the most that they rise above 1 kHz, up to 20 kHz
    std::array<gain, 3> cable_change{};   ///< of at_20_khz, by match_cables in place of none
    double noise = 0.0;                   ///< V per square root of a hertz, at 1 kHz, referred to the EMF

    /// What the amplifier does at 20 kHz: below 0 dB where it takes, above where it resonates with source and cable.
    constexpr gain amplifier_at_20_khz() const noexcept { return at_20_khz - source_at_20_khz; }
    /// True where the amplifier takes more at 20 kHz than source and input do.
    [[nodiscard]] constexpr bool amplifier_limits() const noexcept { return amplifier_at_20_khz() < source_at_20_khz; }
};

namespace detail {

/// 4kT at 300 K, in watts per hertz.
inline constexpr double thermal = 4.0 * 1.380649e-23 * 300.0;
[[nodiscard]] constexpr double squared(double x) noexcept { return x * x; }

/// What an input does, but for what differs between the two: source and input alone, and noise.
template <class Cartridge>
[[nodiscard]] constexpr input_figures common_figures(const Cartridge& cartridge, match_inputs inputs, const auto& on_input) noexcept
{
    const auto schematic = on_input(cartridge, inputs);
    input_figures found;
    found.gain_at_1_khz = gain{math::decibels(math::abs(direct_response(circuit{schematic}, on_axis(match_middle))))};
    found.output = cartridge.output * found.gain_at_1_khz.ratio();
    found.bandwidth = half_power(power(schematic));
    found.at_20_khz = treble(schematic);
    inputs.cable = capacitance{0.0};
    const gain without = treble(on_input(cartridge, inputs));
    for (std::size_t i = 0; i < match_cables.size(); ++i) {
        inputs.cable = match_cables[i];
        found.cable_change[i] = treble(on_input(cartridge, inputs)) - without;
    }
    return found;
}

}   // namespace detail

/// A cartridge on the voltage input.
///
/// Noise: that of coil and load in parallel, of the amplifier, its current in them, and of ground_arm, over the share of the EMF that
/// the load leaves.
template <class Cartridge>
[[nodiscard]] constexpr input_figures voltage_figures(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    using detail::squared;
    const auto on_input = [](const auto& c, const match_inputs& i) { return voltage_input(c, i); };
    input_figures found = detail::common_figures(cartridge, inputs, on_input);
    const auto level = detail::power(loaded_cartridge(cartridge, inputs));
    found.source_bandwidth = detail::half_power(level);
    found.source_at_20_khz = gain{0.5 * math::decibels(level(detail::match_treble) / level(detail::match_middle))};
    found.peak = detail::highest(level);

    const math::complex coil{cartridge.resistance.si, angular(detail::match_middle).si * cartridge.inductance.si};
    const math::complex left = inputs.load.si / (coil + inputs.load.si), parallel = coil * left;
    found.noise = math::sqrt((detail::thermal * (parallel.re + inputs.ground_arm.si) + squared(inputs.voltage_noise) +
                              squared(inputs.current_noise) * (math::norm(parallel) + squared(inputs.ground_arm.si))) /
                             math::norm(left));
    return found;
}

/// A cartridge on the trans-impedance input. With an ideal amplifier that is a short circuit: Rc/(Rc + s Lc), whatever the cable.
///
/// Noise: that of the coil, of the amplifier times 1 + Zc/Rf, its current in the coil, and of Rf times Zc/Rf.
template <class Cartridge>
[[nodiscard]] constexpr input_figures transimpedance_figures(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    using detail::squared;
    const auto on_input = [](const auto& c, const match_inputs& i) { return transimpedance_input(c, i); };
    input_figures found = detail::common_figures(cartridge, inputs, on_input);
    const auto coil_at = [&](frequency f) { return math::complex{cartridge.resistance.si, angular(f).si * cartridge.inductance.si}; };
    const auto level = [&](frequency f) { return 1.0 / math::norm(coil_at(f)); };
    found.source_bandwidth = detail::half_power(level);
    found.source_at_20_khz = gain{0.5 * math::decibels(level(detail::match_treble) / level(detail::match_middle))};

    const math::complex over = coil_at(detail::match_middle) / inputs.feedback.si;
    found.noise = math::sqrt(detail::thermal * (cartridge.resistance.si + inputs.feedback.si * math::norm(over)) +
                             squared(inputs.voltage_noise) * math::norm(1.0 + over) +
                             squared(inputs.current_noise * inputs.feedback.si) * math::norm(over));
    return found;
}

}   // namespace phono
