// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/match/cartridge_match.hpp>

#include <limits>
#include <string_view>

namespace phono::inline v0_2 {

/// What an input senses: the voltage of the cartridge across a load, or the current that its coil passes.
enum class input_mode { voltage, transimpedance };

/// The figures of one input.
[[nodiscard]] constexpr const input_figures& figures_of(const cartridge_match& found, input_mode mode) noexcept
{
    return mode == input_mode::voltage ? found.voltage_input : found.transimpedance_input;
}

/// A figure by which matches are judged.
struct match_quantity {
    std::string_view name;   ///< reads well before "is 40 Ohm"
    std::string_view unit;
    double (*measure)(const cartridge_match&, input_mode) noexcept;
};

/// The figures that the rules compare with their edges.
namespace match_quantities {

/// A bandwidth without a limit.
inline constexpr double unlimited = std::numeric_limits<double>::infinity();

inline constexpr match_quantity coil{"the coil", "Ohm", [](const cartridge_match& m, input_mode) noexcept { return m.resistance.si; }};
inline constexpr match_quantity load_over_coil{"the load over the coil", "",
                                               [](const cartridge_match& m, input_mode) noexcept { return m.inputs.load / m.resistance; }};
inline constexpr match_quantity winding_corner{"the corner of winding and coil", "Hz", [](const cartridge_match& m, input_mode) noexcept {
                                                   return m.inductance.si > 0.0 ? corner(m.inductance / m.resistance).si : unlimited;
                                               }};

/// Of the whole input where the winding costs more at 20 kHz than the amplifier does; 0 dB where it costs less.
inline constexpr match_quantity treble_by_winding{
    "the response at 20 kHz", "dB", [](const cartridge_match& m, input_mode mode) noexcept {
        return figures_of(m, mode).amplifier_limits() ? 0.0 : figures_of(m, mode).at_20_khz.decibels;
    }};
/// The same where the amplifier costs more.
inline constexpr match_quantity treble_by_amplifier{
    "the response at 20 kHz", "dB", [](const cartridge_match& m, input_mode mode) noexcept {
        return figures_of(m, mode).amplifier_limits() ? figures_of(m, mode).at_20_khz.decibels : 0.0;
    }};
/// Of the whole input where source and input alone reach 20 kHz, so that a better amplifier would help; unlimited where they do not.
inline constexpr match_quantity bandwidth_by_amplifier{"the -3 dB bandwidth", "Hz", [](const cartridge_match& m, input_mode mode) noexcept {
                                                           const input_figures& input = figures_of(m, mode);
                                                           return input.source_bandwidth.si >= 20e3 ? input.bandwidth.si : unlimited;
                                                       }};

inline constexpr match_quantity source_treble{
    "the response of source and input alone at 20 kHz", "dB",
    [](const cartridge_match& m, input_mode mode) noexcept { return figures_of(m, mode).source_at_20_khz.decibels; }};
inline constexpr match_quantity source_bandwidth{
    "the -3 dB bandwidth of source and input alone", "Hz",
    [](const cartridge_match& m, input_mode mode) noexcept { return figures_of(m, mode).source_bandwidth.si; }};
inline constexpr match_quantity amplifier_treble{
    "the amplifier's response at 20 kHz", "dB",
    [](const cartridge_match& m, input_mode mode) noexcept { return figures_of(m, mode).amplifier_at_20_khz().decibels; }};
inline constexpr match_quantity peak{"the resonance of winding and cable", "dB",
                                     [](const cartridge_match& m, input_mode mode) noexcept { return figures_of(m, mode).peak.decibels; }};
/// Of the trans-impedance input, whose feedback loop includes the cartridge.
inline constexpr match_quantity phase_margin{"the phase margin of the loop", "degrees",
                                             [](const cartridge_match& m, input_mode) noexcept { return m.phase_margin; }};

inline constexpr match_quantity output{"the output at 5 cm/s", "V",
                                       [](const cartridge_match& m, input_mode mode) noexcept { return figures_of(m, mode).output.si; }};
/// The peak of a sine of 50 cm/s peak velocity, from `output`, which is RMS at 5 cm/s RMS.
inline constexpr match_quantity peak_output{
    "the peak output in a groove of 50 cm/s", "V",
    [](const cartridge_match& m, input_mode mode) noexcept { return 10.0 * figures_of(m, mode).output.si; }};
inline constexpr match_quantity noise_over_other{"its noise over the other input's", "dB",
                                                 [](const cartridge_match& m, input_mode mode) noexcept {
                                                     const double ratio = m.voltage_input.noise / m.transimpedance_input.noise;
                                                     return mode == input_mode::voltage ? math::decibels(ratio) : -math::decibels(ratio);
                                                 }};

}   // namespace match_quantities

}   // namespace phono::inline v0_2
