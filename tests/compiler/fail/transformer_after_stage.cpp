// SPDX-License-Identifier: BSL-1.0
// expect: phono: cartridge loading stands directly behind the cartridge; between stages write shunt_arm .a cable and a step_up_transformer stand behind the cartridge too.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{moving_coil_cartridge{}, step_up_transformer{}, loading{}, buffer{20_dB}, riaa};
#else
constexpr auto schematic = chain{moving_coil_cartridge{}, buffer{20_dB}, step_up_transformer{}, riaa};
#endif
