// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/chain/chain.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/source/ceramic_cartridge.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/feedback_stage.hpp>

#include <string_view>

/// Fred Nachbaur's universal tube preamp with its amplifier as a macro-model: gain 1000 and one pole.
///
/// Published (F. Nachbaur, High-precision tube preamp, dogstar.dantimax.dk/tubestuf: sapdcfb, acfeedba, sapriaa): about 60 dB open loop
/// with corners near 40 Hz and 2 kHz; a divider of about 4:1 and the low-pass R111 C105 R112 C104 in the DC path; R113 = 47k; R101 = R102 =
/// 100k; Ri of 38.7k and 150k in ceramic mode; in magnetic mode corners near 50, 530 and 1600 Hz, a floor near 6 dB.
/// Derived, marked below: every other value, chosen to give the published corners and gains.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

namespace nachbaur {

/// The tubes as one amplifier; its published corner of 2 kHz is due to R115, C108 and wiring.
inline constexpr op_amp amplifier{.gain = 60_dB, .corner = 2_kHz};
/// Neon lamps and divider from the output to the DC filter: about 4:1.
inline constexpr buffer divider{gain::from_ratio(0.25)};

inline constexpr resistor r111{220_kOhm}, r112{220_kOhm};   // derived: open-loop corner 38.2 Hz
inline constexpr capacitor c105{2.2_nF}, c104{2.2_uF};      // derived
inline constexpr resistor r113{47_kOhm};                    // published
inline constexpr resistor r101{100_kOhm}, r102{100_kOhm};   // published
inline constexpr capacitor c101{470_nF};                    // derived

inline constexpr resistor r118{150_kOhm};   // published, as 150/38.7
inline constexpr resistor r119{220_kOhm};   // derived: in parallel with R113 38.73k
inline constexpr capacitor c109{220_nF};    // derived: blocks DC
inline constexpr capacitor c110{53_pF};     // derived: 20.02 kHz with R118

/// The parts of the magnetic network, at one of two impedance levels, which the text leaves open.
struct magnetic_parts {
    resistor r120, r121, r122;
    capacitor c111, c112, cx;
};
/// Derived: R122 C111 = 530.5 Hz, R122 C112 = 1591.5 Hz, R120 and R121 for the corner near 50 Hz and the floor near 6 dB.
inline constexpr magnetic_parts small_scale{{820_Ohm}, {820_Ohm}, {100_kOhm}, {3_nF}, {1_nF}, {22_uF}};
/// Derived: the same corners at ten times the impedance, which loads the real tube's plate less.
inline constexpr magnetic_parts large_scale{{8.2_kOhm}, {8.2_kOhm}, {1_MOhm}, {300_pF}, {100_pF}, {2.2_uF}};

/// The DC path from the output to the minus input; `last` leads there from the "AC ground" at C104.
[[nodiscard]] constexpr auto dc_path(auto last)
{
    return feedback_path{divider, series_arm{r111}, shunt_arm{c105}, series_arm{r112}, shunt_arm{c104}, last};
}

/// R121 in series with C112 parallel to C111 + R122 (derived: of the networks that fit the text the one that gives RIAA).
[[nodiscard]] constexpr auto magnetic_network(const magnetic_parts& m) { return series(m.r121, parallel(m.c112, series(m.c111, m.r122))); }

}   // namespace nachbaur

/// Ceramic mode: gain 150/38.7 + 1, rolled off by C110 at 20 kHz. R119 returns to the AC ground, which is at the minus input's DC voltage,
/// so that switching does not pop.
inline constexpr auto nachbaur_ceramic =
    chain{voltage_source{}, feedback_stage{nachbaur::amplifier, series(parallel(nachbaur::r118, nachbaur::c110), nachbaur::c109),
                                           nachbaur::dc_path(parallel(nachbaur::r113, nachbaur::r119))}};
/// Ceramic mode without C110: flat far beyond 100 kHz.
inline constexpr auto nachbaur_ceramic_without_c110 =
    chain{voltage_source{}, feedback_stage{nachbaur::amplifier, series(nachbaur::r118, nachbaur::c109),
                                           nachbaur::dc_path(parallel(nachbaur::r113, nachbaur::r119))}};
/// Ceramic mode behind a cartridge's element of 600 pF, through C101 into the published 50 kOhm (R101 and R102), where it works as a
/// velocity source below 5.3 kHz; how the original pads its ceramic input is not known.
inline constexpr auto nachbaur_ceramic_cartridge = chain{
    ceramic_cartridge{.output = 200_mV, .element = 600_pF}, series_arm{nachbaur::c101}, shunt_arm{parallel(nachbaur::r101, nachbaur::r102)},
    feedback_stage{nachbaur::amplifier, series(parallel(nachbaur::r118, nachbaur::c110), nachbaur::c109),
                   nachbaur::dc_path(parallel(nachbaur::r113, nachbaur::r119))}};

/// Magnetic mode, R120 returned to ground through CX (derived: agrees with the 40 Hz corner, with "swamping" R113 and with RIAA to 20 Hz).
inline constexpr auto nachbaur_magnetic = chain{
    voltage_source{}, feedback_stage{nachbaur::amplifier, nachbaur::magnetic_network(nachbaur::small_scale),
                                     series(nachbaur::small_scale.r120, nachbaur::small_scale.cx), nachbaur::dc_path(nachbaur::r113)}};
/// Magnetic mode, R120 returned to the AC ground as R119 is (derived: the other reading): RIAA above 200 Hz, then a rumble filter.
inline constexpr auto nachbaur_magnetic_r120_acg =
    chain{voltage_source{}, feedback_stage{nachbaur::amplifier, nachbaur::magnetic_network(nachbaur::small_scale),
                                           nachbaur::dc_path(parallel(nachbaur::r113, nachbaur::small_scale.r120))}};
/// Magnetic mode at the large impedance scale, R120 to ground.
inline constexpr auto nachbaur_magnetic_large = chain{
    voltage_source{}, feedback_stage{nachbaur::amplifier, nachbaur::magnetic_network(nachbaur::large_scale),
                                     series(nachbaur::large_scale.r120, nachbaur::large_scale.cx), nachbaur::dc_path(nachbaur::r113)}};
/// Magnetic mode at the large impedance scale, R120 to the AC ground.
inline constexpr auto nachbaur_magnetic_large_r120_acg =
    chain{voltage_source{}, feedback_stage{nachbaur::amplifier, nachbaur::magnetic_network(nachbaur::large_scale),
                                           nachbaur::dc_path(parallel(nachbaur::r113, nachbaur::large_scale.r120))}};
/// Magnetic mode behind a typical magnetic cartridge and 150 pF of cable, through C101 into the published 50 kOhm.
inline constexpr auto nachbaur_magnetic_cartridge =
    chain{cartridges::typical_magnetic, cable{.capacitance = 150_pF}, series_arm{nachbaur::c101},
          shunt_arm{parallel(nachbaur::r101, nachbaur::r102)},
          feedback_stage{nachbaur::amplifier, nachbaur::magnetic_network(nachbaur::small_scale),
                         series(nachbaur::small_scale.r120, nachbaur::small_scale.cx), nachbaur::dc_path(nachbaur::r113)}};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view nachbaur = "F. Nachbaur, High-precision tube preamp; values in part derived";
}   // namespace sources

namespace detail {
inline constexpr origin nachbaur_values =
    derived("*", "R101, R102, R113 and R118 are said; the rest gives the published corners and gains");
}   // namespace detail

/// Every variant above.
inline constexpr list nachbaur_preamps{
    entry_of<preamps::nachbaur_ceramic>("Nachbaur, ceramic mode", sources::nachbaur, detail::nachbaur_values, detail::added_cartridge),
    entry_of<preamps::nachbaur_ceramic_without_c110>("Nachbaur, ceramic mode without C110", sources::nachbaur, detail::nachbaur_values,
                                                     detail::added_cartridge),
    entry_of<preamps::nachbaur_ceramic_cartridge>("Nachbaur, ceramic mode, 600 pF element into 50k", sources::nachbaur,
                                                  detail::nachbaur_values, detail::added_cartridge),
    entry_of<preamps::nachbaur_magnetic>("Nachbaur, magnetic mode, R120 to ground", sources::nachbaur, detail::nachbaur_values,
                                         detail::added_cartridge),
    entry_of<preamps::nachbaur_magnetic_r120_acg>("Nachbaur, magnetic mode, R120 to AC ground", sources::nachbaur, detail::nachbaur_values,
                                                  detail::added_cartridge),
    entry_of<preamps::nachbaur_magnetic_large>("Nachbaur, magnetic mode, R122 = 1M, R120 to ground", sources::nachbaur,
                                               detail::nachbaur_values, detail::added_cartridge),
    entry_of<preamps::nachbaur_magnetic_large_r120_acg>("Nachbaur, magnetic mode, R122 = 1M, R120 to AC ground", sources::nachbaur,
                                                        detail::nachbaur_values, detail::added_cartridge),
    entry_of<preamps::nachbaur_magnetic_cartridge>("Nachbaur, magnetic mode, magnetic cartridge into 50k", sources::nachbaur,
                                                   detail::nachbaur_values, detail::added_cartridge),
};

}   // namespace phono::inline v0_2::catalogue
