// SPDX-License-Identifier: BSL-1.0
// expect: phono: nothing loads this cartridge, since a curve draws no current; write loading..resistance = 47_kOhm. .of a moving coil 100_Ohm. behind it

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, cable{.capacitance = 150_pF}, loading{.resistance = 47_kOhm}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, cable{.capacitance = 150_pF}, riaa};
#endif
