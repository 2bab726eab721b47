// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace phono::inline v0_2 {

/// Where the edges of the rules come from.
namespace rule_sources {

inline constexpr std::string_view coil =
    "opinion: audio forums (Audiogon, Higher Impedance MC Carts on Transimpedance Stages); no figure was found that says so";
inline constexpr std::string_view load = "published: Audio-Technica, cartridge guide 2019/20, p. 55";
inline constexpr std::string_view transformer = "published: reddiamondaudio.net, a load of five to ten coils, transformers included";
inline constexpr std::string_view maker = "published: the load that its maker recommends (phono list cartridges --sources)";
inline constexpr std::string_view groove =
    "published: pspatialaudio.com/max_velo.htm (no groove above 50 cm/s); "
    "assumed: an amplifier on +-15 V swings 13 V";
inline constexpr std::string_view line =
    "assumed: a line input wants 0.316 V (-10 dBV), and the MM input before it gives 46 dB "
    "at 1 kHz at most";
inline constexpr std::string_view circuit = "derived: the circuit's own response";
inline constexpr std::string_view loop = "derived: the circuit's own loop";
/// The lowest bandwidth is 11.7 kHz, of the Shure M44-7 into 500 pF, the highest peak 3.54 dB, of the Shure V15 Type III into 500 pF,
/// with the catalogue's windings, some of which are unverified.
inline constexpr std::string_view makers = "derived: no cartridge of the catalogue on its maker's load ends below 11 kHz or rises by 4 dB";
inline constexpr std::string_view noise =
    "derived: thermal noise and the amplifier's, RIAA- and A-weighted; assumed: a quiet groove is 72 dB below 5 cm/s, and noise that "
    "becomes "
    "3 dB louder is heard, 10 dB twice as loud";

}   // namespace rule_sources

}   // namespace phono::inline v0_2
