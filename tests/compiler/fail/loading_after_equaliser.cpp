// SPDX-License-Identifier: BSL-1.0
// expect: phono: cartridge loading stands directly behind the cartridge; between stages write shunt_arm

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, loading{}, riaa, shunt_arm{resistor{47_kOhm}}};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, riaa, loading{}};
#endif
