// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>
#include <phono/stage/cathode_follower.hpp>
#include <phono/stage/common_cathode_stage.hpp>
#include <phono/stage/differential_pair.hpp>

/// The circuits of the reference netlists, as schematics.
namespace reference {

using namespace phono;
using namespace phono::literals;

/// 300 V, 100 kOhm, 1.5 kOhm with 25 uF, behind a grid leak of 1 MOhm.
constexpr common_cathode_stage bypassed(const triode& tube)
{
    return {.tube = tube, .supply = 300_V, .plate_load = 100_kOhm, .cathode_resistor = 1.5_kOhm, .bypass = 25_uF, .grid_leak = 1_MOhm};
}

inline constexpr auto single_direct =
    chain{voltage_source{}, bypassed(triodes::koren_12ax7), series_arm{capacitor{100_nF}}, shunt_arm{resistor{1_MOhm}}};
inline constexpr auto single_coupled = chain{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{100_nF})},
                                             bypassed(triodes::koren_12ax7), series_arm{capacitor{100_nF}}, shunt_arm{resistor{1_MOhm}}};
/// The same with a smooth grid current.
inline constexpr auto smooth = chain{voltage_source{}, series_arm{series(resistor{10_kOhm}, capacitor{22_nF})}, bypassed(triodes::ecc83),
                                     series_arm{capacitor{22_nF}}, shunt_arm{resistor{1_MOhm}}};
/// Two stages with RIAA feedback to the first cathode.
inline constexpr auto feedback_pair =
    chain{voltage_source{},
          series_arm{resistor{1_kOhm}},
          common_cathode_stage{.tube = triodes::ecc83,
                               .supply = 300_V,
                               .plate_load = 100_kOhm,
                               .cathode_resistor = 1.5_kOhm,
                               .grid_leak = 47_kOhm,
                               .cathode_tap = 1},
          series_arm{capacitor{100_nF}},
          bypassed(triodes::ecc83),
          series_arm{capacitor{1_uF}},
          shunt_arm{resistor{1_MOhm}},
          bridge{1, series(parallel(resistor{1.38_MOhm}, capacitor{2.3_nF}), parallel(resistor{117_kOhm}, capacitor{640_pF}))}};

}   // namespace reference
