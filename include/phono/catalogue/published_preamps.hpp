// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/list.hpp>
#include <phono/catalogue/published_moving_coil.hpp>
#include <phono/chain/chain.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/bridge.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/loading.hpp>

/// Preamps for magnetic cartridges as others published them, component by component, supplies left out.
///
/// Each says how certain it is: "read" means that values and connections are from a schematic or netlist file; "inferred" means that values
/// were read and connections found as those that give the disc's curve. "Here" is the gain at 1 kHz from a source of 0 ohms, and the
/// deviation from RIAA, 20 Hz to 20 kHz, 0 dB at 1 kHz. The cartridge of each is a typical one and not part of the circuit. Amplifiers have
/// one pole and the typical gains of their data sheets.
namespace phono::inline v0_2::preamps {

using namespace phono::literals;

namespace published {

/// The amplifiers, each with its one pole and its noise.
inline constexpr op_amp lm4562 = amplifiers::lm4562.with_noise();
inline constexpr op_amp ne5532 = amplifiers::ne5532.with_noise();
inline constexpr op_amp ne5534a = amplifiers::ne5534a.with_noise();
inline constexpr op_amp lt1028 = amplifiers::lt1028.with_noise();
inline constexpr op_amp lm833 = amplifiers::lm833.with_noise();

/// A non-inverting integrator of 1 s that senses the output and removes its DC through 4.02 kOhm to the minus input.
inline constexpr feedback_path servo{series_arm{resistor{1_MOhm}}, shunt_arm{capacitor{1_uF}},
                                     feedback_stage{ne5532, capacitor{1_uF}, resistor{1_MOhm}}, resistor{4.02_kOhm}};

/// A follower; its feedback resistor carries no current.
inline constexpr feedback_stage follower{ne5532, resistor{1_kOhm}};

/// A JFET pair and the NE5532 behind it as one amplifier: 19.6 mS (derived from the file's LSK389C) times 1.8 kOhm add 31 dB, and 470 pF
/// across the two drains add a pole at 93 kHz.
inline constexpr op_amp jfet_pair{.gain = 131_dB, .corner = ne5532.corner, .second_corner = 93_kHz};

}   // namespace published

/// Vestax PDX-2000 turntable's preamp: one LM4562 with both RIAA sections in its feedback, into the file's 10 kOhm.
///
/// Source: C. Durand, github.com/ChaseDurand/Vestax-PDX-2000-Phono-Preamp, spice/Vestax PDX-2000 Phono v1.1.net at 934f0b1: read.
/// Published (its README): about 42.65 dB at 1 kHz, +-0.05 dB of RIAA, simulated with 1 % parts. Here 42.79 dB, -0.051 to +0.008 dB.
inline constexpr auto vestax_pdx2000 =
    chain{cartridges::typical_magnetic, loading{.resistance = 47_kOhm, .capacitance = 360_pF},
          feedback_stage{published::lm4562,
                         series(parallel(series(resistor{6.2_kOhm}, resistor{4.7_kOhm}), capacitor{6.8_nF}, capacitor{110_pF}),
                                parallel(series(resistor{47_kOhm}, resistor{82_kOhm}), capacitor{22_nF}, capacitor{2.7_nF})),
                         resistor{100_Ohm}},
          series_arm{resistor{240_Ohm}}, shunt_arm{parallel(capacitor{2.2_nF}, resistor{10_kOhm})}};

/// Two NE5532 with the bass in the first one's feedback, 75 us passive between them and a DC servo around the second: the
/// architecture of National's AN-346, into the file's 10 kOhm.
///
/// Source: e-asphyx, github.com/e-asphyx/ltspice_stuff, Phono.asc at dcd8330: read. It has no input resistor: the 47 kOhm are ours.
/// Here 34.77 dB, -0.056 to +0.065 dB.
inline constexpr auto e_asphyx_two_stage =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm},
          feedback_stage{published::ne5532, series(resistor{8.45_kOhm}, parallel(resistor{80.6_kOhm}, capacitor{39_nF})),
                         series(resistor{499_Ohm}, capacitor{200_uF})},
          series_arm{resistor{2.37_kOhm}},
          shunt_arm{capacitor{33_nF}},
          series_arm{capacitor{2_uF}},
          shunt_arm{resistor{54.9_kOhm}},
          feedback_stage{published::ne5532, resistor{4.32_kOhm}, resistor{4.02_kOhm}, published::servo},
          shunt_arm{resistor{10_kOhm}}};

/// The passive equaliser of the Muffsy preamp between two flat stages, with the LT1028 of the file.
///
/// Source: m6r3k, github.com/m6r3k/Avocado-HiFi-amplifier, LTspice/PreAMP.net at 97a3653, second circuit, "RIAA filter Muffsy": read. The
/// file's load of 2 kOhm, which costs bass through the 10 uF, is replaced by 47 kOhm (ours). Here 33.57 dB, -0.063 to +0.002 dB.
inline constexpr auto muffsy_passive = chain{cartridges::typical_magnetic,
                                             loading{.resistance = 47_kOhm, .capacitance = 120_pF},
                                             feedback_stage{published::lt1028, resistor{2_kOhm}, resistor{100_Ohm}},
                                             series_arm{resistor{16_kOhm}},
                                             shunt_arm{parallel(capacitor{47_nF}, series(parallel(resistor{4.7_kOhm}, resistor{4.7_kOhm}),
                                                                                         parallel(capacitor{68_nF}, capacitor{68_nF})))},
                                             feedback_stage{published::lt1028, resistor{4.7_kOhm}, resistor{220_Ohm}},
                                             series_arm{capacitor{10_uF}},
                                             shunt_arm{resistor{47_kOhm}}};

/// The Avocado amplifier's own network in the same frame: two 68 nF in series, 3.18 kOhm with 100 nF.
///
/// Source: as for muffsy_passive, third circuit: read; the load of 47 kOhm is ours. Here 33.50 dB, -0.008 to +0.044 dB.
inline constexpr auto avocado_passive =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm, .capacitance = 120_pF},
          feedback_stage{published::lt1028, resistor{2_kOhm}, resistor{100_Ohm}},
          series_arm{resistor{22_kOhm}},
          shunt_arm{parallel(series(capacitor{68_nF}, capacitor{68_nF}), series(resistor{3.18_kOhm}, capacitor{100_nF}))},
          feedback_stage{published::lt1028, resistor{4.7_kOhm}, resistor{220_Ohm}},
          series_arm{capacitor{10_uF}},
          shunt_arm{resistor{47_kOhm}}};

/// One LM833, non-inverting, both RIAA sections in its feedback: National's AN-346 as SparkFun built it, without the coupling and bias
/// that its single supply needs.
///
/// Source: github.com/sparkfun/SparkFun-Live-Analog-Audio, an-346-noninvert.asc at b3c7c6c: read; National's own figure was not seen.
/// Here 34.95 dB, -0.169 to +0.411 dB.
inline constexpr auto sparkfun_an346 = chain{
    cartridges::typical_magnetic, loading{.resistance = 47_kOhm},
    feedback_stage{published::lm833, series(parallel(resistor{200_kOhm}, capacitor{15_nF}), parallel(resistor{16_kOhm}, capacitor{4.7_nF})),
                   series(resistor{390_Ohm}, capacitor{100_uF})}};

/// RJM Audio's Very Simple Phono Stage of 2017 with the 680 ohms of its 40 dB setting, DC coupled; three 1 nF in parallel are the 3 nF. Of
/// the list's "NE5534 or OPA134" the first, and of it the A, whose noise its sheet has.
///
/// Source: RJM Audio, phonoclone.com/diy-pho5.html, parts list; connections inferred. Here 40.96 dB, -0.186 to +0.039 dB.
inline constexpr auto rjm_vsps =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 47_kOhm},
          feedback_stage{published::ne5534a, parallel(resistor{768_kOhm}, capacitor{1_nF}, series(resistor{110_kOhm}, capacitor{3_nF})),
                         resistor{680_Ohm}},
          series_arm{resistor{47_Ohm}},
          series_arm{capacitor{2.2_uF}},
          shunt_arm{resistor{100_kOhm}}};

/// Actidamp Mk IV: JFET pair and op amp with a gain of 34, a third-order rumble filter, 3180 and 318 us passive, 75 us passive.
///
/// Source: P. Dudek, Amaterske radio 6/1994, p. 19, in the version for surface mounting by B. Kremel,
/// github.com/josko7452/actidamp-mk4-smd, ltspice/full_actidamp.asc at c988a6e: read. Linear. Left out: both DC servos, with the 1 uF and
/// 1.6 MOhm (0.1 Hz) where the first enters. The load is the equivalent of the whole input in the audio band: the electronically cooled
/// 1.6 MOhm/35, and 330 pF less 29 pF for the lag of its amplifier. Into the file's 500 ohms. Here 33.99 dB, -0.078 to +0.005 dB from 50 Hz
/// up, -3.27 dB at 20 Hz, because of the rumble filter.
inline constexpr auto actidamp_iv =
    chain{cartridges::typical_magnetic,
          loading{.resistance = 1.6_MOhm / 35.0, .capacitance = 301_pF},
          feedback_stage{published::jfet_pair, parallel(resistor{3.3_kOhm}, capacitor{100_pF}), resistor{100_Ohm}},
          series_arm{capacitor{470_nF}},
          shunt_arm{resistor{12_kOhm}},
          series_arm{capacitor{470_nF}},
          tap{1},
          series_arm{capacitor{470_nF}},
          shunt_arm{resistor{82_kOhm}},
          published::follower,
          bridge{1, resistor{4.7_kOhm}},
          series_arm{resistor{4.87_kOhm}},
          shunt_arm{series(capacitor{587_nF}, parallel(resistor{542_Ohm}, capacitor{2.2_nF}))},
          feedback_stage{published::ne5532, resistor{3.3_kOhm}, resistor{390_Ohm}, resistor{6.8_kOhm}},
          series_arm{resistor{5_kOhm}},
          shunt_arm{capacitor{15_nF}},
          feedback_stage{published::ne5532, resistor{750_Ohm}, resistor{1_kOhm}},
          series_arm{resistor{100_Ohm}},
          shunt_arm{resistor{500_Ohm}}};

/// The phono stage of the OP27's data sheet: 7.87 kOhm with 10 nF gives 318 and 75 us, 97.6 kOhm with 30 nF 3180 us, 100 ohms to ground.
///
/// Source: Analog Devices, OP27 data sheet, applications; parts as handed down, **unverified**. Its input of 47 kOhm and 150 pF is the
/// load. Here 39.86 dB, -0.005 to +0.108 dB; with an ideal amplifier 39.94 dB, -0.051 to +0.253 dB.
inline constexpr auto op27_data_sheet =
    chain{cartridges::typical_magnetic, loading{.resistance = 47_kOhm, .capacitance = 150_pF},
          feedback_stage{amplifiers::op27.with_noise(),
                         parallel(resistor{97.6_kOhm}, series(capacitor{30_nF}, parallel(resistor{7.87_kOhm}, capacitor{10_nF}))),
                         resistor{100_Ohm}}};

}   // namespace phono::inline v0_2::preamps

namespace phono::inline v0_2::catalogue {

/// Every preamp above.
inline constexpr list published_preamps{
    entry_of<preamps::op27_data_sheet>("OP27's data-sheet stage, RIAA by feedback", "Analog Devices, OP27 data sheet, parts handed down",
                                       unverified("*"), detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::vestax_pdx2000>("Vestax PDX-2000, one LM4562", "C. Durand, github.com/ChaseDurand/Vestax-PDX-2000-Phono-Preamp",
                                      said(), detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::e_asphyx_two_stage>("Two NE5532, half passive, DC servo", "e-asphyx, github.com/e-asphyx/ltspice_stuff, Phono.asc",
                                          said(), chosen("loading*", "the file has no input resistor"), detail::added_cartridge,
                                          detail::typical_op_amp),
    entry_of<preamps::muffsy_passive>(
        "Muffsy's passive network, two LT1028", "m6r3k, github.com/m6r3k/Avocado-HiFi-amplifier, LTspice/PreAMP.net", said(),
        chosen("loading*", "the load of 47 kOhm behind the 10 uF is ours too"), detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::avocado_passive>(
        "Avocado's passive network, two LT1028", "m6r3k, github.com/m6r3k/Avocado-HiFi-amplifier, LTspice/PreAMP.net", said(),
        chosen("loading*", "the load of 47 kOhm behind the 10 uF is ours too"), detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::sparkfun_an346>("National AN-346 as built by SparkFun, one LM833",
                                      "github.com/sparkfun/SparkFun-Live-Analog-Audio, an-346-noninvert.asc", said(),
                                      detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::rjm_vsps>("RJM Very Simple Phono Stage, one NE5534A",
                                "RJM Audio, phonoclone.com/diy-pho5.html (NE5534 or OPA134); values read, connections inferred", said(),
                                detail::added_cartridge, detail::typical_op_amp),
    entry_of<preamps::actidamp_iv>(
        "Actidamp Mk IV, linear, without its servos", "P. Dudek, Amaterske radio 6/1994; github.com/josko7452/actidamp-mk4-smd", said(),
        derived("loading*", "the equivalent of the cooled input"), detail::added_cartridge, detail::typical_op_amp),
};

}   // namespace phono::inline v0_2::catalogue
