// SPDX-License-Identifier: BSL-1.0
// expect: phono: a chain begins with a source .a cartridge or voltage_source.; without one nothing drives it

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, loading{}, riaa};
#else
constexpr auto schematic = chain{riaa, magnetic_cartridge{}, loading{}};
#endif
