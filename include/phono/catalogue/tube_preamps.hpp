// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/curves.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/chain/chain.hpp>
#include <phono/equaliser/passive_network.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/common_cathode_stage.hpp>
#include <phono/stage/loading.hpp>

#include <string_view>

/// Preamps of two 12AX7 triodes for magnetic cartridges, and Nachbaur's with its tubes.
///
/// "Read": values and connections in a schematic or netlist file. "Derived": ours. "Here" is the gain at 1 kHz from a source of 0 ohms, and
/// the deviation from RIAA, 20 Hz to 20 kHz, 0 dB at 1 kHz, with the tube named in the circuit; "measured tubes" are ecc83_rsd_1,
/// ecc83_rsd_2 and ecc83_ehx_1 in its place. The cartridge and 150 pF of cable are typical ones: neither belongs to the circuit.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

namespace published {

/// Kevin Kennedy's two unbypassed stages with all of RIAA passive between them, for any 12AX7 and any magnetic cartridge.
[[nodiscard]] constexpr auto kennedy(const triode& tube, const magnetic_cartridge& cartridge)
{
    return chain{
        cartridge,
        loading{.resistance = 47.5_kOhm, .cable = 150_pF},
        common_cathode_stage{.tube = tube, .supply = 300_V, .plate_load = 121_kOhm, .cathode_resistor = 1.21_kOhm, .stopper = 221_Ohm},
        series_arm{capacitor{47_nF}},
        passive_network<shunt_form::parallel>{.r1 = 210_kOhm, .c1 = 3.3_nF, .r2 = 33.2_kOhm, .c2 = 10_nF},
        common_cathode_stage{.tube = tube, .supply = 300_V, .plate_load = 100_kOhm, .cathode_resistor = 1.21_kOhm, .grid_leak = 2.21_MOhm},
        series_arm{capacitor{470_nF}},
        shunt_arm{resistor{2.21_MOhm}}};
}

/// A triode with a constant-current plate load and a cathode resistor to a negative supply. Inverts.
///
/// Circuit: grid_leak (0: none) from the input to ground; a source of plate_current from the supply to the plate, with 1 GOhm across it;
/// cathode_resistor from the cathode to cathode_supply. A bridge reaches the cathode by cathode_tap.
struct current_fed_stage {
    static constexpr signal_role role = signal_role::stage;

    triode tube{};
    voltage supply{150.0};
    current plate_current{1e-3};
    resistance cathode_resistor{10e3};
    voltage cathode_supply{-10.0};
    resistance grid_leak{0.0};
    int cathode_tap = 0;

    constexpr node elaborate(auto& circuit, node in) const noexcept
    {
        const node cathode = circuit.node(), plate = circuit.node();
        circuit.optional_shunt_resistor(in, ground, grid_leak, "current_fed_stage.grid_leak");
        circuit.biased_resistor(plate, ground, 1_GOhm, supply + plate_current * 1_GOhm, "current_fed_stage.plate_current");
        circuit.of_model();
        circuit.biased_resistor(cathode, ground, cathode_resistor, cathode_supply, "current_fed_stage.cathode_resistor");
        tube.elaborate(circuit, plate, in, cathode);
        circuit.mark(cathode_tap, cathode);
        return plate;
    }
};

}   // namespace published

namespace tube_riaa {

/// The usual stage: 300 V, 100 kOhm, 1.5 kOhm. Its operating point is 203 V and 0.97 mA.
inline constexpr common_cathode_stage unbypassed{
    .tube = triodes::ecc83, .supply = 300_V, .plate_load = 100_kOhm, .cathode_resistor = 1.5_kOhm};

/// The same with its cathode bypassed and a grid leak of 1 MOhm.
[[nodiscard]] constexpr common_cathode_stage bypassed(capacitance bypass)
{
    common_cathode_stage stage = unbypassed;
    stage.bypass = bypass;
    stage.grid_leak = 1_MOhm;
    return stage;
}

/// The first stage of a feedback pair, its cathode tap 1.
[[nodiscard]] constexpr common_cathode_stage feedback_input()
{
    common_cathode_stage stage = unbypassed;
    stage.stopper = 1_kOhm;
    stage.cathode_tap = 1;
    return stage;
}

/// RIAA between two bypassed stages, in closed form: the plate before it has 33.44 kOhm (rp of 50.24 kOhm parallel to the plate load), the
/// grid after it 1 MOhm and 104 pF, of which 102 pF are Miller capacitance: these 104 pF are part of c1.
[[nodiscard]] constexpr passive_network<shunt_form::parallel> between_plates()
{
    auto network = passive_network_for<shunt_form::parallel>(riaa, {.impedance = 150_kOhm, .source = 33.44_kOhm, .load = 1_MOhm});
    network.c1 = network.c1 - 104_pF;
    return network;
}

}   // namespace tube_riaa

/// One 12AX7, two unbypassed stages, all of RIAA passive between them, into 2.21 MOhm.
///
/// Source: K. Kennedy, Single Tube Phono Stage, 17 February 1998, kta-hifi.net; values read in github.com/birdybro/FPGA_Amp,
/// model/configurations/v1.yaml at a38bd1f.
/// Published there, simulated with Koren's tube: plates at 179.994 and 192.808 V, 41.087 dB at 1 kHz, -0.919 to 0.000 dB of RIAA.
/// Here 180.00 and 192.89 V, 41.11 dB, -0.947 to +0.002 dB; measured tubes 40.15 to 41.82 dB, -0.970 dB at worst.
inline constexpr auto kennedy_single_tube = published::kennedy(triodes::ecc83, cartridges::typical_magnetic);

/// Two bypassed 12AX7 stages with RIAA passive between them: the textbook circuit, its network in closed form.
///
/// Derived, every value. Here 49.91 dB, -0.083 to 0.000 dB, the bass loss due to coupling and bypass capacitors; measured tubes 48.6 to
/// 51.5 dB, -0.06 dB at worst.
inline constexpr auto tube_passive_riaa = chain{cartridges::typical_magnetic, loading{.resistance = 47_kOhm, .cable = 150_pF},
                                                tube_riaa::bypassed(220_uF),  series_arm{capacitor{2.2_uF}},
                                                tube_riaa::between_plates(),  tube_riaa::bypassed(220_uF),
                                                series_arm{capacitor{1_uF}},  shunt_arm{resistor{1_MOhm}}};

/// Two 12AX7 stages with both RIAA sections in the feedback from the output to the first cathode, each section by its plain formula,
/// 1.38 MOhm 2.3 nF and 117 kOhm 640 pF: the circuit of the large-signal references.
///
/// Derived, every value. In the bass there is too little open-loop gain. Here 39.60 dB, -3.122 dB at 20 Hz, +0.341 dB at 20 kHz.
inline constexpr auto tube_feedback_pair =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm, .cable = 150_pF},
          tube_riaa::feedback_input(),
          series_arm{capacitor{100_nF}},
          tube_riaa::bypassed(25_uF),
          series_arm{capacitor{1_uF}},
          shunt_arm{resistor{1_MOhm}},
          bridge{1, series(parallel(resistor{1.38_MOhm}, capacitor{2.3_nF}), parallel(resistor{117_kOhm}, capacitor{640_pF}))}};

/// The same pair with larger coupling and bypass capacitors and a network that allows for the finite open-loop gain.
///
/// Derived, every value; the network fitted to triodes::ecc83 and rounded to preferred values. Here 37.98 dB, -0.076 to +0.020 dB;
/// measured tubes 37.93 to 38.04 dB, -0.40 to +0.37 dB at 20 Hz.
inline constexpr auto tube_feedback_riaa =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm, .cable = 150_pF},
          tube_riaa::feedback_input(),
          series_arm{capacitor{220_nF}},
          tube_riaa::bypassed(100_uF),
          series_arm{capacitor{1_uF}},
          shunt_arm{resistor{1_MOhm}},
          bridge{1, series(parallel(resistor{2_MOhm}, capacitor{2.7_nF}), parallel(resistor{95.3_kOhm}, capacitor{820_pF}))}};

/// Two 12AX7 fed by constant currents from 150 V: 3180 and 318 us in the feedback to the first cathode, 75 us passive after it, into the
/// file's 3.16 MOhm.
///
/// Source: e-asphyx, github.com/e-asphyx/ltspice_stuff, Tube phono.asc at 310afbd, its values of s = 0: read. It has no input resistor: the
/// 47 kOhm are ours. So is the tube: of those here the one whose plates stay below the supply, at 143 and 137 V.
/// Here 28.36 dB, -0.351 to +0.002 dB; measured tubes 28.31 to 28.38 dB, -0.43 dB at worst.
inline constexpr auto e_asphyx_tube_phono =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm, .cable = 150_pF},
          published::current_fed_stage{
              .tube = triodes::ecc83_data_sheet, .plate_current = current{1.05e-3}, .cathode_resistor = 10.5_kOhm, .cathode_tap = 1},
          series_arm{capacitor{470_nF}},
          published::current_fed_stage{
              .tube = triodes::ecc83_data_sheet, .plate_current = current{1e-3}, .cathode_resistor = 11_kOhm, .grid_leak = 1_MOhm},
          series_arm{capacitor{1_uF}},
          bridge{1, series(resistor{287_kOhm}, parallel(resistor{2.67_MOhm}, capacitor{1.2_nF}))},
          series_arm{resistor{73.2_kOhm}},
          shunt_arm{capacitor{1_nF}},
          series_arm{capacitor{100_nF}},
          shunt_arm{resistor{3.16_MOhm}}};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

/// Every preamp above.
inline constexpr list two_triode_preamps{
    entry_of<preamps::kennedy_single_tube>(
        "Kennedy, one 12AX7, passive RIAA",
        "K. Kennedy, Single Tube Phono Stage, 1998, kta-hifi.net; values from github.com/birdybro/FPGA_Amp"),
    entry_of<preamps::tube_passive_riaa>("Two 12AX7 stages, passive RIAA between them", "textbook circuit, values derived"),
    entry_of<preamps::tube_feedback_pair>("Two 12AX7 stages, RIAA feedback by plain formula", "textbook circuit, values derived"),
    entry_of<preamps::tube_feedback_riaa>("Two 12AX7 stages, RIAA feedback fitted to their gain", "textbook circuit, values derived"),
    entry_of<preamps::e_asphyx_tube_phono>("Two 12AX7 fed by constant currents, half passive",
                                           "e-asphyx, github.com/e-asphyx/ltspice_stuff, Tube phono.asc"),
};

/// Calls visit(entry) for every preamp with tubes.
constexpr void for_each_tube_preamp(auto&& visit)
{
    two_triode_preamps.for_each(visit);
    nachbaur_tube_preamps.for_each(visit);
}

}   // namespace phono::inline v0_2::catalogue
