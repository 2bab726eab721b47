// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_inputs.hpp>
#include <phono/match/treble.hpp>

#include <array>
#include <cstddef>

namespace phono::inline v0_2 {

/// The cable capacitances whose effect is reported.
inline constexpr std::array match_cables{capacitance{100e-12}, capacitance{500e-12}, capacitance{5e-9}};

/// The figures of a cartridge on one input. Responses at 20 kHz are relative to 1 kHz.
struct input_figures {
    gain gain_at_1_khz{};    ///< from the EMF to the amplifier's output
    voltage output{};        ///< of the amplifier, RMS at 1 kHz, for a recorded velocity of 5 cm/s RMS
    frequency bandwidth{};   ///< where the power is half that at 1 kHz; infinite if nowhere below 1 THz
    gain at_20_khz{};
    frequency source_bandwidth{};   ///< the same two of source and input alone, with an ideal amplifier
    gain source_at_20_khz{};
    gain peak{};                          ///< of source and input alone: the highest level re 1 kHz, up to 20 kHz
    std::array<gain, 3> cable_change{};   ///< of at_20_khz, with each of match_cables instead of none
    double noise = 0.0;                   ///< V per root hertz, at 1 kHz, referred to the EMF

    /// The amplifier's contribution at 20 kHz: below 0 dB where it rolls off, above where it resonates with source and cable.
    constexpr gain amplifier_at_20_khz() const noexcept { return at_20_khz - source_at_20_khz; }
    /// True where the amplifier costs more at 20 kHz than source and input do.
    [[nodiscard]] constexpr bool amplifier_limits() const noexcept { return amplifier_at_20_khz() < source_at_20_khz; }
};

namespace detail {

/// 4kT at 300 K, in watts per hertz.
inline constexpr double thermal = 4.0 * 1.380649e-23 * 300.0;
[[nodiscard]] constexpr double squared(double x) noexcept { return x * x; }

/// The figures found in the same way for both inputs: all but noise and those of source and input alone.
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

/// The figures of a cartridge on the voltage input.
///
/// Noise: the thermal noise of coil parallel to load and of ground_arm, the amplifier's voltage noise, and its current noise in both of
/// them, divided by the share of the EMF that the load leaves.
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

/// The figures of a cartridge on the trans-impedance input. With an ideal amplifier this is a short circuit: Rc/(Rc + s Lc), whatever the
/// cable.
///
/// Noise: the thermal noise of the coil, the amplifier's voltage noise times 1 + Zc/Rf, its current noise in the coil, and the thermal
/// noise of Rf times Zc/Rf.
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

}   // namespace phono::inline v0_2
