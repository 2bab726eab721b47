// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/build.hpp>
#include <phono/chain/chain.hpp>
#include <phono/equaliser/curve.hpp>
#include <phono/literals.hpp>
#include <phono/network/parts.hpp>
#include <phono/network/series_parallel.hpp>
#include <phono/source/magnetic_cartridge.hpp>
#include <phono/stage/arms.hpp>
#include <phono/stage/feedback_stage.hpp>
#include <phono/stage/loading.hpp>

/// What tests/reference/tolerance has twenty builds of: half of RIAA in a feedback loop, half of it passive.
namespace built {

using namespace phono::literals;

inline constexpr auto preamp = phono::chain{
    phono::magnetic_cartridge{.resistance = 1_kOhm, .inductance = 500_mH},
    phono::loading{.resistance = 47_kOhm, .capacitance = 150_pF},
    phono::feedback_stage{phono::op_amp{.gain = 100_dB, .corner = 100_Hz},
                          phono::series(phono::resistor{8.2_kOhm}, phono::parallel(phono::resistor{82_kOhm}, phono::capacitor{39_nF})),
                          phono::series(phono::resistor{470_Ohm}, phono::capacitor{220_uF})},
    phono::series_arm{phono::resistor{2.2_kOhm}},
    phono::shunt_arm{phono::capacitor{33_nF}},
    phono::series_arm{phono::capacitor{1_uF}},
    phono::shunt_arm{phono::resistor{100_kOhm}},
};

inline constexpr int builds = 20;

inline const phono::build_choice choice{
    .parts = {.cartridge = phono::percent{10.0}, .parts = {{"capacitor_2", phono::percent{20.0}}}},
    .spread = phono::part_spread::normal,
    .seed = 0x5eed'0000'0000'0013,
};

}   // namespace built
