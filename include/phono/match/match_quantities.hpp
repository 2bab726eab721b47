// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/match_figures.hpp>

#include <limits>
#include <string_view>

namespace phono::inline v0_2 {

/// What an input senses: the voltage of the cartridge across a load, the current that its coil passes, or the voltage behind a step-up
/// transformer.
enum class input_mode { voltage, transimpedance, transformer };

/// The figures of one input.
[[nodiscard]] constexpr const input_figures& figures_of(const match_figures& found, input_mode mode) noexcept
{
    return mode == input_mode::voltage          ? found.voltage_input
           : mode == input_mode::transimpedance ? found.transimpedance_input
                                                : found.transformer_input;
}

/// A figure by which matches are judged.
struct match_quantity {
    std::string_view name;   ///< reads well before "is 40 Ohm"
    std::string_view unit;
    double (*measure)(const match_figures&, input_mode) noexcept;
};

namespace detail {

/// By how much noise is louder than what the groove and the coil make together, in dB, where the SNR is that of coil and input.
[[nodiscard]] constexpr double added_noise(const match_figures& m, double snr) noexcept
{
    const auto part = [](double level) { return squared(math::amplitude_ratio(level)); };
    const double groove = part(m.inputs.groove_noise.decibels);
    return 0.5 * math::decibels((groove + part(-snr)) / (groove + part(-m.coil_snr)));
}

/// The load that the coil sees.
[[nodiscard]] constexpr double seen_load(const match_figures& m, input_mode mode) noexcept
{
    if (mode == input_mode::voltage) return m.inputs.load.si;
    return m.inputs.transformer_load.si / squared(m.inputs.transformer.ratio) + m.inputs.transformer.primary_resistance.si +
           m.inputs.transformer.secondary_resistance.si / squared(m.inputs.transformer.ratio);
}

}   // namespace detail

/// The figures that the rules compare with their edges.
namespace match_quantities {

/// A bandwidth without a limit, and what has no value.
inline constexpr double unlimited = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();

inline constexpr match_quantity coil{"the coil", "Ohm", [](const match_figures& m, input_mode) noexcept { return m.resistance.si; }};
inline constexpr match_quantity load_over_coil{"the load over the coil", "", [](const match_figures& m, input_mode mode) noexcept {
                                                   return detail::seen_load(m, mode) / m.resistance.si;
                                               }};
/// The same where the maker recommends no load.
inline constexpr match_quantity unstated_load_over_coil{
    "the load over the coil", "", [](const match_figures& m, input_mode mode) noexcept {
        const recommended<resistance>& stated = m.inputs.makers_load;
        return stated.least.si > 0.0 || stated.most.si > 0.0 ? none : detail::seen_load(m, mode) / m.resistance.si;
    }};
/// The load over the least, or the most, that the maker recommends; no value where that is not stated.
inline constexpr match_quantity load_over_least{
    "the load over the least that the maker recommends", "", [](const match_figures& m, input_mode) noexcept {
        return m.inputs.makers_load.least.si > 0.0 ? m.inputs.load / m.inputs.makers_load.least : none;
    }};
inline constexpr match_quantity load_over_most{
    "the load over the most that the maker recommends", "", [](const match_figures& m, input_mode) noexcept {
        return m.inputs.makers_load.most.si > 0.0 ? m.inputs.load / m.inputs.makers_load.most : none;
    }};
/// Capacitance less the least, or the most, that the maker recommends; no value where that is not stated.
inline constexpr match_quantity capacitance_over_least{
    "the capacitance over the least that the maker recommends", "", [](const match_figures& m, input_mode) noexcept {
        return m.inputs.makers_capacitance.least.si > 0.0 ? m.inputs.cable / m.inputs.makers_capacitance.least : none;
    }};
inline constexpr match_quantity capacitance_over_most{
    "the capacitance over the most that the maker recommends", "", [](const match_figures& m, input_mode) noexcept {
        return m.inputs.makers_capacitance.most.si > 0.0 ? m.inputs.cable / m.inputs.makers_capacitance.most : none;
    }};
inline constexpr match_quantity winding_corner{"the corner of winding and coil", "Hz", [](const match_figures& m, input_mode) noexcept {
                                                   return m.inductance.si > 0.0 ? corner(m.inductance / m.resistance).si : unlimited;
                                               }};

/// Of the whole input where source and input alone lose less than 1 dB, so that a better amplifier would help; 0 dB where they do not.
inline constexpr match_quantity treble_by_amplifier{"the response at 20 kHz", "dB", [](const match_figures& m, input_mode mode) noexcept {
                                                        const input_figures& input = figures_of(m, mode);
                                                        return input.source_at_20_khz.decibels >= -1.0 ? input.at_20_khz.decibels : 0.0;
                                                    }};
/// Of the whole input where source and input alone reach 20 kHz, so that a better amplifier would help; unlimited where they do not.
inline constexpr match_quantity bandwidth_by_amplifier{"the -3 dB bandwidth", "Hz", [](const match_figures& m, input_mode mode) noexcept {
                                                           const input_figures& input = figures_of(m, mode);
                                                           return input.source_bandwidth.si >= 20e3 ? input.bandwidth.si : unlimited;
                                                       }};

inline constexpr match_quantity source_treble{
    "the response of source and input alone at 20 kHz", "dB",
    [](const match_figures& m, input_mode mode) noexcept { return figures_of(m, mode).source_at_20_khz.decibels; }};
inline constexpr match_quantity source_bandwidth{
    "the -3 dB bandwidth of source and input alone", "Hz",
    [](const match_figures& m, input_mode mode) noexcept { return figures_of(m, mode).source_bandwidth.si; }};
inline constexpr match_quantity amplifier_treble{
    "the amplifier's response at 20 kHz", "dB",
    [](const match_figures& m, input_mode mode) noexcept { return figures_of(m, mode).amplifier_at_20_khz().decibels; }};
inline constexpr match_quantity peak{"the resonance of winding and cable", "dB",
                                     [](const match_figures& m, input_mode mode) noexcept { return figures_of(m, mode).peak.decibels; }};
/// Of the trans-impedance input, whose feedback loop includes the cartridge.
inline constexpr match_quantity phase_margin{"the phase margin of the loop", "degrees",
                                             [](const match_figures& m, input_mode) noexcept { return m.phase_margin; }};

inline constexpr match_quantity output{"the output at 5 cm/s", "V",
                                       [](const match_figures& m, input_mode mode) noexcept { return figures_of(m, mode).output.si; }};
/// The peak of a sine of 50 cm/s peak velocity, from `output`, which is RMS at 5 cm/s RMS.
inline constexpr match_quantity peak_output{
    "the peak output in a groove of 50 cm/s", "V",
    [](const match_figures& m, input_mode mode) noexcept { return 10.0 * figures_of(m, mode).output.si; }};

/// By how much the noise of the quietest amplifier, or of the one that is set, is louder than that of the groove and the coil.
inline constexpr match_quantity least_added_noise{
    "what a quiet amplifier adds to the noise of groove and coil", "dB",
    [](const match_figures& m, input_mode mode) noexcept { return detail::added_noise(m, figures_of(m, mode).quietest_snr); }};
inline constexpr match_quantity added_noise{
    "what the amplifier adds to the noise of groove and coil", "dB",
    [](const match_figures& m, input_mode mode) noexcept { return detail::added_noise(m, figures_of(m, mode).noise.snr); }};

}   // namespace match_quantities

}   // namespace phono::inline v0_2
