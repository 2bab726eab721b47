// SPDX-License-Identifier: BSL-1.0
// expect: phono: a current input .transimpedance_stage, common_base_stage. loads the cartridge itself, with next to a short circuit; take the loading out

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr common_base_stage stage{common_base{.input_resistance = 2.6_Ohm}, resistor{1_kOhm}};

#ifdef PHONO_FIXED
constexpr auto schematic = chain{moving_coil_cartridge{}, cable{.capacitance = 100_pF}, stage};
#else
constexpr auto schematic = chain{moving_coil_cartridge{}, loading{.resistance = 100_Ohm, .cable = 100_pF}, stage};
#endif
