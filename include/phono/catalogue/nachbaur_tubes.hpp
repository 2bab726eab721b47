// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/chain/chain.hpp>
#include <phono/literals.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/source/voltage_source.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/cable.hpp>
#include <phono/stage/differential_pair.hpp>
#include <phono/stage/feedback_stage.hpp>

#include <string_view>

/// Fred Nachbaur's universal tube preamp with its tubes: a reconstruction.
///
/// Published (F. Nachbaur, High-precision tube preamp, dogstar.dantimax.dk/tubestuf): V1 a 12AX7A pair with R104 + R105 in the tail,
/// biased from their tap through R103 and C102; V2 12AT7A, direct-coupled; three neon lamps and a divider of about 4:1; the filter R111
/// C105 R112 C104; R101 = R102 = 100k, R113 = 47k, R118 = 150k; V1 grids at about 27 V, V2 plate at about 315 V; about 60 dB, corners near
/// 40 Hz and 2 kHz.
/// Derived: that V2 is a pair, and every value not named above, chosen to give the published voltages, gain and corners.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

namespace nachbaur {

/// The direct-coupled amplifier: plus input behind C101, minus input at V1's second grid, output at V2's first plate.
struct tube_amplifier {
    triode v1 = triodes::koren_12ax7;
    triode v2 = triodes::koren_12at7;

    constexpr node elaborate(auto& circuit, node plus, node minus) const noexcept
    {
        const node grid = circuit.node(), bias = circuit.node(), tap_104 = circuit.node();
        circuit.capacitor(plus, grid, 470_nF, "C101");
        circuit.resistor(plus, ground, 100_kOhm, "R101");
        circuit.resistor(grid, bias, 100_kOhm, "R102");

        const node cathodes_1 = circuit.node(), cathodes_2 = circuit.node();
        const differential_pair first{.tube = v1, .supply = 300_V, .plate_load = 220_kOhm};   // R106, R107
        const auto plates_1 = first.place(circuit, grid, minus, cathodes_1);
        circuit.resistor(cathodes_1, tap_104, 1_kOhm, "R104");
        circuit.resistor(tap_104, ground, 24_kOhm, "R105");
        circuit.resistor(tap_104, bias, 1_MOhm, "R103");
        circuit.capacitor(bias, ground, 1_uF, "C102");

        const differential_pair second{.tube = v2, .supply = 390_V, .plate_load = 33_kOhm};   // R116, R117
        const auto plates_2 = second.place(circuit, plates_1.first, plates_1.second, cathodes_2);
        circuit.resistor(cathodes_2, ground, 39_kOhm, "R108");

        const node between = circuit.node();
        circuit.resistor(plates_1.first, between, 2.2_kOhm, "R115");
        circuit.capacitor(between, plates_1.second, 680_pF, "C108");
        return plates_2.first;
    }
};

/// Neon lamps (195 V and 15k), divider R109 R110 and DC filter, to the minus input through `last`; its "AC ground" at C104 is tap 1.
[[nodiscard]] constexpr auto tube_dc_path(auto last)
{
    return feedback_path{series_arm{level_shift{195_V, 15_kOhm}},
                         series_arm{resistor{330_kOhm}},
                         shunt_arm{resistor{100_kOhm}},
                         series_arm{resistor{220_kOhm}},
                         shunt_arm{capacitor{2.2_nF}},
                         series_arm{resistor{220_kOhm}},
                         shunt_arm{capacitor{2.2_uF}},
                         tap{1},
                         last};
}

/// The amplifier in magnetic mode: R121, C112 parallel to C111 + R122 behind a DC block of 1 uF, R120 to ground through CX.
inline constexpr auto magnetic_tube_stage =
    feedback_stage{tube_amplifier{}, tube_dc_path(resistor{47_kOhm}),
                   feedback_path{series_arm{capacitor{1_uF}}, bridge{1, resistor{2.2_MOhm}},
                                 series(resistor{680_Ohm}, parallel(capacitor{1_nF}, series(capacitor{3_nF}, resistor{100_kOhm})))},
                   series(resistor{680_Ohm}, capacitor{22_uF})};

}   // namespace nachbaur

/// The amplifier with its DC path alone: open loop.
inline constexpr auto nachbaur_open_loop_tube =
    chain{voltage_source{}, feedback_stage{nachbaur::tube_amplifier{}, nachbaur::tube_dc_path(resistor{47_kOhm})},
          series_arm{capacitor{1_uF}}, shunt_arm{resistor{470_kOhm}}};

/// Ceramic mode: R118 with C110 across it and C109 in series, R119 beside R113 to the AC ground: gain 150/38.7 + 1, rolled off at 21.7 kHz.
inline constexpr auto nachbaur_ceramic_tube =
    chain{voltage_source{},
          feedback_stage{nachbaur::tube_amplifier{}, series(parallel(resistor{150_kOhm}, capacitor{51_pF}), capacitor{220_nF}),
                         nachbaur::tube_dc_path(parallel(resistor{47_kOhm}, resistor{220_kOhm}))},
          series_arm{capacitor{1_uF}}, shunt_arm{resistor{470_kOhm}}};

/// Magnetic mode: RIAA by feedback around the tubes.
inline constexpr auto nachbaur_magnetic_tube =
    chain{voltage_source{}, nachbaur::magnetic_tube_stage, series_arm{capacitor{1_uF}}, shunt_arm{resistor{470_kOhm}}};

/// The same behind a typical magnetic cartridge and 150 pF of cable; R101 and R102 are the load, the published 50 kOhm.
inline constexpr auto nachbaur_magnetic_tube_cartridge =
    chain{cartridges::typical_magnetic, cable{.capacitance = 150_pF}, nachbaur::magnetic_tube_stage, series_arm{capacitor{1_uF}},
          shunt_arm{resistor{470_kOhm}}};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

namespace sources {
inline constexpr std::string_view nachbaur_tubes = "F. Nachbaur, High-precision tube preamp; most values derived";
}   // namespace sources

namespace detail {
inline constexpr origin said_by_nachbaur = said("R101 R102");
inline constexpr origin nachbaur_tube_values =
    derived("*", "R113 and R118 are said; the rest gives the published voltages, gain and corners");
}   // namespace detail

/// Every mode above; the open loop, which is no preamp, is left out.
inline constexpr list nachbaur_tube_preamps{
    entry_of<preamps::nachbaur_ceramic_tube>("Nachbaur with tubes, ceramic mode", sources::nachbaur_tubes, detail::nachbaur_tube_values,
                                             detail::said_by_nachbaur, detail::added_cartridge, detail::library_triode),
    entry_of<preamps::nachbaur_magnetic_tube>("Nachbaur with tubes, magnetic mode", sources::nachbaur_tubes, detail::nachbaur_tube_values,
                                              detail::said_by_nachbaur, detail::added_cartridge, detail::library_triode),
    entry_of<preamps::nachbaur_magnetic_tube_cartridge>("Nachbaur with tubes, magnetic mode, magnetic cartridge into 50k",
                                                        sources::nachbaur_tubes, detail::nachbaur_tube_values, detail::said_by_nachbaur,
                                                        detail::added_cartridge, detail::library_triode),
};

}   // namespace phono::inline v0_2::catalogue
