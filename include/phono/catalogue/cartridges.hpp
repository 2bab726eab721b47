// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/list.hpp>
#include <phono/literals.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/source/moving_coil_cartridge.hpp>

#include <string_view>

/// Cartridges by name. Output is RMS at 1 kHz and 5 cm/s RMS, the usual convention; where a maker states another the text
/// says how it was converted.
///
/// Sources. "Engrove": Engrove Audio Tools 2.0, cartridge data (github.com/Engrove/Engrove-Audio-Tools-2.0, commit 16619d4),
/// machine-generated entries of makers' figures that state no velocity: a secondary source. **Unverified** marks a value that no readable
/// source gives and that is handed down in forums and calculators: good for a preset, never for a proof. Resistance and inductance of every
/// magnetic cartridge here are of that kind. In the sources that a list prints these are "coil" and "winding", as on the command line.
namespace phono::inline v0_2::cartridges {

using namespace phono::literals;

/// Shure M97xE. Output: user guide, by Engrove 5. Resistance and inductance unverified. Load 47 kOhm, 200-300 pF.
inline constexpr magnetic_cartridge shure_m97xe{.output = 4_mV, .resistance = 1.55_kOhm, .inductance = 650_mH};
/// Shure V15 Type III. Output: Engrove 12. Resistance and inductance unverified. Load 47 kOhm, 400-500 pF.
inline constexpr magnetic_cartridge shure_v15_iii{.output = 3.5_mV, .resistance = 1.35_kOhm, .inductance = 500_mH};
/// Shure V15 Type V. Output: Engrove 55. Resistance and inductance unverified. Load 47 kOhm, 250 pF.
inline constexpr magnetic_cartridge shure_v15_v{.output = 3.2_mV, .resistance = 815_Ohm, .inductance = 330_mH};
/// Ortofon 2M Red. Output: Engrove 18. Resistance and inductance unverified. Load 47 kOhm, 150-300 pF.
inline constexpr magnetic_cartridge ortofon_2m_red{.output = 5.5_mV, .resistance = 1.3_kOhm, .inductance = 700_mH};
/// Ortofon 2M Blue: the 2M Red with another stylus. Output: Engrove 19. Resistance and inductance unverified.
inline constexpr magnetic_cartridge ortofon_2m_blue{.output = 5.5_mV, .resistance = 1.3_kOhm, .inductance = 700_mH};
/// Audio-Technica AT-VM95E. Output: Engrove 37. Resistance and inductance unverified. Load 47 kOhm, 100-200 pF.
inline constexpr magnetic_cartridge at_vm95e{.output = 4_mV, .resistance = 485_Ohm, .inductance = 550_mH};
/// A magnetic cartridge as textbooks draw it: 1 kOhm, 500 mH, 5 mV. No make.
inline constexpr magnetic_cartridge typical_magnetic{.output = 5_mV, .resistance = 1_kOhm, .inductance = 500_mH};

/// Denon DL-103. Output: Engrove 3; resistance: Stereophile, "Dispelling a myth". Inductance left out: no source. Load 100 Ohm or more.
inline constexpr moving_coil_cartridge denon_dl103{.output = 0.3_mV, .resistance = 40_Ohm};
/// Denon DL-103R. Output and resistance: github.com/CootCraig/nanoc_blog. Inductance left out: no source.
inline constexpr moving_coil_cartridge denon_dl103r{.output = 0.25_mV, .resistance = 14_Ohm};
/// Denon DL-103D. Output (stated at 50 mm/s) and resistance (+-20 %): Audio, September 1980. Inductance left out: no source.
inline constexpr moving_coil_cartridge denon_dl103d{.output = 0.25_mV, .resistance = 33_Ohm};
/// Audio-Technica AT-OC9XML. Resistance and inductance unverified; output that of the AT-OC9/III, Engrove 10, so unverified for this type.
inline constexpr moving_coil_cartridge at_oc9xml{.output = 0.4_mV, .resistance = 12_Ohm, .inductance = 25_uH};
/// Lyra Delos. Output: Engrove 79. Resistance and inductance unverified. Load 91 Ohm or more.
inline constexpr moving_coil_cartridge lyra_delos{.output = 0.6_mV, .resistance = 8.2_Ohm, .inductance = 11_uH};
/// Koetsu Rosewood. Output: Engrove 80; resistance: that of a Koetsu, reddiamondaudio.net. Load 30 Ohm or more.
/// Inductance left out: no source.
inline constexpr moving_coil_cartridge koetsu_rosewood{.output = 0.4_mV, .resistance = 5_Ohm};
/// Ortofon MC2000. Output and resistance: a user's figures, Audiogon, so unverified. Inductance left out: no source.
inline constexpr moving_coil_cartridge ortofon_mc2000{.output = 0.05_mV, .resistance = 2_Ohm};

}   // namespace phono::inline v0_2::cartridges

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view engrove_coil_unverified = "output: Engrove Audio Tools 2.0; coil and winding unverified";
}   // namespace sources

/// Every cartridge above.
inline constexpr list cartridges{
    entry_of<cartridges::shure_m97xe>("Shure M97xE", sources::engrove_coil_unverified),
    entry_of<cartridges::shure_v15_iii>("Shure V15 Type III", sources::engrove_coil_unverified),
    entry_of<cartridges::shure_v15_v>("Shure V15 Type V", sources::engrove_coil_unverified),
    entry_of<cartridges::ortofon_2m_red>("Ortofon 2M Red", sources::engrove_coil_unverified),
    entry_of<cartridges::ortofon_2m_blue>("Ortofon 2M Blue", sources::engrove_coil_unverified),
    entry_of<cartridges::at_vm95e>("Audio-Technica AT-VM95E", sources::engrove_coil_unverified),
    entry_of<cartridges::typical_magnetic>("Typical magnetic cartridge", "textbook values, no make"),
    entry_of<cartridges::denon_dl103>("Denon DL-103", "Engrove Audio Tools 2.0; Stereophile, Dispelling a myth"),
    entry_of<cartridges::denon_dl103r>("Denon DL-103R", "github.com/CootCraig/nanoc_blog"),
    entry_of<cartridges::denon_dl103d>("Denon DL-103D", "Audio, September 1980"),
    entry_of<cartridges::at_oc9xml>("Audio-Technica AT-OC9XML", "unverified"),
    entry_of<cartridges::lyra_delos>("Lyra Delos", sources::engrove_coil_unverified),
    entry_of<cartridges::koetsu_rosewood>("Koetsu Rosewood", "Engrove Audio Tools 2.0; reddiamondaudio.net"),
    entry_of<cartridges::ortofon_mc2000>("Ortofon MC2000", "a user's figures, Audiogon"),
};

/// Calls visit(entry) for every cartridge.
constexpr void for_each_cartridge(auto&& visit) { cartridges.for_each(visit); }

}   // namespace phono::inline v0_2::catalogue
