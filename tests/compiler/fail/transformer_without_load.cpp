// SPDX-License-Identifier: BSL-1.0
// expect: phono: nothing loads this cartridge, since a curve draws no current; write loading

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{disc_velocity{moving_coil_cartridge{}}, step_up_transformer{}, shunt_arm{resistor{47_kOhm}}, riaa};
#else
constexpr auto schematic = chain{disc_velocity{moving_coil_cartridge{}}, step_up_transformer{}, riaa};
#endif
