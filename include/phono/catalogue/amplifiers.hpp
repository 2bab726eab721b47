// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/amplifier_sheet.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/literals.hpp>

#include <string_view>

/// Operational amplifiers by name: open-loop gain, gain-bandwidth product, noise voltage and current with their 1/f corners, typical figures
/// of their data sheets. Where a sheet gives two densities the white one and the corner are computed from them; the entries below say
/// which figures were read and which are the sheet's as handed down.
namespace phono::inline v0_2::amplifiers {

using namespace phono::literals;

/// 5 nV at 1 kHz, 8 nV at 30 Hz; 0.7 pA and 2.7 pA. Source: Texas Instruments SLOS075.
inline constexpr amplifier_sheet ne5532{100_dB, 10_MHz, noise_through(5e-9, 1_kHz, 8e-9, 30_Hz),
                                        noise_through(0.7e-12, 1_kHz, 2.7e-12, 30_Hz)};
/// 3.5 nV at 1 kHz, 5.5 nV at 30 Hz; 0.4 pA and 1.5 pA. Compensated for unity gain. Source: Texas Instruments SLOS070.
inline constexpr amplifier_sheet ne5534a{100_dB, 10_MHz, noise_through(3.5e-9, 1_kHz, 5.5e-9, 30_Hz),
                                         noise_through(0.4e-12, 1_kHz, 1.5e-12, 30_Hz)};
/// FET input: 8 nV and 3 fA at 1 kHz. Source: Texas Instruments SBOS058.
inline constexpr amplifier_sheet opa2134{120_dB, 8_MHz, noise_with_corner(8e-9, 1_kHz, 25_Hz), {3e-15}};
/// 1.1 nV at 1 kHz, 2 nV at 10 Hz; 1.7 pA and 3 pA. Source: Texas Instruments SBOS450.
inline constexpr amplifier_sheet opa1612{130_dB, 40_MHz, noise_through(1.1e-9, 1_kHz, 2e-9, 10_Hz),
                                         noise_through(1.7e-12, 1_kHz, 3e-12, 10_Hz)};
/// 0.9 nV at 1 kHz, 1.7 nV at 10 Hz; 2 pA. Source: Analog Devices AD797.
inline constexpr amplifier_sheet ad797{146_dB, 110_MHz, noise_through(0.9e-9, 1_kHz, 1.7e-9, 10_Hz),
                                       noise_with_corner(2e-12, 1_kHz, 100_Hz)};
/// 0.85 nV at 1 kHz, corner 3.5 Hz; 1 pA, corner 250 Hz; 30 million. Source: Linear Technology LT1028.
inline constexpr amplifier_sheet lt1028{149.5_dB, 75_MHz, noise_with_corner(0.85e-9, 1_kHz, 3.5_Hz),
                                        noise_with_corner(1e-12, 1_kHz, 250_Hz)};
/// 0.9 nV at 1 kHz; 1.2 pA; 20 million. Source: Linear Technology LT1115.
inline constexpr amplifier_sheet lt1115{146_dB, 70_MHz, noise_with_corner(0.9e-9, 1_kHz, 3.5_Hz),
                                        noise_with_corner(1.2e-12, 1_kHz, 250_Hz)};
/// 2.7 nV at 1 kHz, 6.4 nV at 10 Hz; 1.6 pA and 3.1 pA. Source: Texas Instruments SNAS326.
inline constexpr amplifier_sheet lm4562{140_dB, 55_MHz, noise_through(2.7e-9, 1_kHz, 6.4e-9, 10_Hz),
                                        noise_through(1.6e-12, 1_kHz, 3.1e-12, 10_Hz)};
/// The LM4562 under another name. Source: Texas Instruments SNAS393.
inline constexpr amplifier_sheet lme49720 = lm4562;
/// 3 nV at 1 kHz, corner 2.7 Hz; 0.4 pA, corner 140 Hz; 1.8 million. Source: Analog Devices OP27.
inline constexpr amplifier_sheet op27{125.1_dB, 8_MHz, noise_with_corner(3e-9, 1_kHz, 2.7_Hz), noise_with_corner(0.4e-12, 1_kHz, 140_Hz)};
/// FET input: 18 nV and 10 fA at 1 kHz. Source: Texas Instruments SLOS080.
inline constexpr amplifier_sheet tl072{106_dB, 3_MHz, noise_with_corner(18e-9, 1_kHz, 200_Hz), {10e-15}};
/// 4.5 nV and 0.5 pA at 1 kHz. Source: National LM833.
inline constexpr amplifier_sheet lm833{110_dB, 15_MHz, noise_with_corner(4.5e-9, 1_kHz, 50_Hz), noise_with_corner(0.5e-12, 1_kHz, 200_Hz)};

}   // namespace phono::inline v0_2::amplifiers

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view sheet_handed_down = "the data sheet's as handed down, not read again";
}   // namespace sources

/// Every amplifier above. Its figures are named gain, gain_bandwidth, voltage_noise, voltage_corner, current_noise, current_corner; the
/// densities are those above the corner, a little less than the stated ones at 1 kHz.
inline constexpr list amplifiers{
    entry_of<amplifiers::ne5532>("NE5532", "Texas Instruments SLOS075K", said("gain_bandwidth voltage_noise"),
                                 unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::ne5534a>(
        "NE5534A, compensated for unity gain", "Texas Instruments SLOS070D", said("gain_bandwidth voltage_noise current_noise"),
        derived("voltage_corner current_corner", "from densities at 30 Hz and 1 kHz"), unverified("gain", sources::sheet_handed_down)),
    entry_of<amplifiers::opa2134>("OPA2134", "Texas Instruments SBOS058", chosen("voltage_corner", "about that of the sheet's plot"),
                                  unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::opa1612>("OPA1612", "Texas Instruments SBOS450C", said("gain gain_bandwidth voltage_noise current_noise"),
                                  unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::ad797>("AD797", "Analog Devices AD797, rev. J", said("voltage_noise"),
                                chosen("current_corner", "the sheet gives no density but at 1 kHz"),
                                unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::lt1028>("LT1028", "Linear Technology LT1028, rev. C", said()),
    entry_of<amplifiers::lt1115>("LT1115", "Linear Technology LT1115", said("voltage_noise"),
                                 chosen("voltage_corner current_corner", "those of the LT1028"),
                                 unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::lm4562>("LM4562", "Texas Instruments SNAS326K; D. Self, The LM4562",
                                 said("gain gain_bandwidth voltage_noise current_noise"), unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::lme49720>("LME49720", "Texas Instruments SNAS393", unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::op27>("OP27", "Analog Devices OP27, rev. F", said("gain gain_bandwidth voltage_noise voltage_corner"),
                               unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::tl072>("TL072", "Texas Instruments SLOS080", chosen("voltage_corner", "about that of the sheet's plot"),
                                unverified("*", sources::sheet_handed_down)),
    entry_of<amplifiers::lm833>("LM833", "National LM833, p. 1", said("gain_bandwidth voltage_noise"),
                                chosen("voltage_corner current_corner", "about those of the sheet's plots"),
                                unverified("*", sources::sheet_handed_down)),
};

/// Calls visit(name, value in SI units, unit) for each figure that an amplifier's sheet has.
constexpr void for_each_figure(const amplifier_sheet& sheet, auto&& visit)
{
    visit("gain", sheet.gain.decibels, "dB");
    visit("gain_bandwidth", sheet.gain_bandwidth.si, "Hz");
    visit("voltage_noise", sheet.voltage_noise.white, "V/sqrt(Hz)");
    visit("current_noise", sheet.current_noise.white, "A/sqrt(Hz)");
    if (sheet.voltage_noise.corner.si > 0.0) visit("voltage_corner", sheet.voltage_noise.corner.si, "Hz");
    if (sheet.current_noise.corner.si > 0.0) visit("current_corner", sheet.current_noise.corner.si, "Hz");
}

/// Calls visit(entry) for every amplifier.
constexpr void for_each_amplifier(auto&& visit) { amplifiers.for_each(visit); }

/// The amplifier with this name, or a null pointer.
[[nodiscard]] constexpr const entry<amplifier_sheet>* find_amplifier(std::string_view name) noexcept { return amplifiers.find(name); }

}   // namespace phono::inline v0_2::catalogue
