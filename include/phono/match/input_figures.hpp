// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/input_noise.hpp>
#include <phono/match/treble.hpp>
#include <phono/match/usual_inputs.hpp>

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
    input_noise noise{};
    double quietest_snr = 0.0;   ///< noise.snr with the quietest amplifier of the catalogue, if that is better

    /// The amplifier's contribution at 20 kHz: below 0 dB where it rolls off, above where it resonates with source and cable.
    constexpr gain amplifier_at_20_khz() const noexcept { return at_20_khz - source_at_20_khz; }
    /// True where the amplifier costs more at 20 kHz than source and input do.
    [[nodiscard]] constexpr bool amplifier_limits() const noexcept { return amplifier_at_20_khz() < source_at_20_khz; }
};

namespace detail {

/// The figures found in the same way for all inputs: all but those of noise and of source and input alone.
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

/// What an input would have with an amplifier as quiet as any: for a moving coil the LT1028, for a magnetic cartridge the NE5534A.
template <class Cartridge>
[[nodiscard]] constexpr double best_snr(const Cartridge& cartridge, match_inputs inputs, double as_set, const auto& noise_on) noexcept
{
    inputs.amplifier = usual_amplifier(cartridge);
    const double best = noise_on(cartridge, inputs).snr;
    return best > as_set ? best : as_set;
}

/// Those of source and input alone, from their squared magnitude.
constexpr void add_source(input_figures& found, const auto& level) noexcept
{
    found.source_bandwidth = half_power(level);
    found.source_at_20_khz = gain{0.5 * math::decibels(level(match_treble) / level(match_middle))};
}

}   // namespace detail

/// The figures of a cartridge on the voltage input.
template <class Cartridge>
[[nodiscard]] constexpr input_figures voltage_figures(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    const auto on_input = [](const auto& c, const match_inputs& i) { return voltage_input(c, i); };
    input_figures found = detail::common_figures(cartridge, inputs, on_input);
    const auto level = detail::power(loaded_cartridge(cartridge, inputs));
    detail::add_source(found, level);
    found.peak = detail::highest(level);
    found.noise = voltage_input_noise(cartridge, inputs);
    found.quietest_snr = detail::best_snr(cartridge, inputs, found.noise.snr,
                                          [](const auto& c, const match_inputs& i) { return voltage_input_noise(c, i); });
    return found;
}

/// The figures of a cartridge on the trans-impedance input. With an ideal amplifier this is a short circuit: Rc/(Rc + s Lc), whatever the
/// cable.
template <class Cartridge>
[[nodiscard]] constexpr input_figures transimpedance_figures(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    const auto on_input = [](const auto& c, const match_inputs& i) { return transimpedance_input(c, i); };
    input_figures found = detail::common_figures(cartridge, inputs, on_input);
    detail::add_source(found, [&](frequency f) { return 1.0 / math::norm(detail::coil_impedance(cartridge, detail::on_axis(f))); });
    found.noise = transimpedance_input_noise(cartridge, inputs);
    found.quietest_snr = detail::best_snr(cartridge, inputs, found.noise.snr,
                                          [](const auto& c, const match_inputs& i) { return transimpedance_input_noise(c, i); });
    return found;
}

/// The figures of a cartridge on a step-up transformer and a voltage input.
template <class Cartridge>
[[nodiscard]] constexpr input_figures transformer_figures(const Cartridge& cartridge, const match_inputs& inputs) noexcept
{
    const auto on_input = [](const auto& c, const match_inputs& i) { return transformer_input(c, i); };
    input_figures found = detail::common_figures(cartridge, inputs, on_input);
    const auto level = detail::power(transformed_cartridge(cartridge, inputs));
    detail::add_source(found, level);
    found.peak = detail::highest(level);
    found.noise = transformer_input_noise(cartridge, inputs);
    found.quietest_snr = found.noise.snr;
    return found;
}

}   // namespace phono::inline v0_2
