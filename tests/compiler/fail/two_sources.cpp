// SPDX-License-Identifier: BSL-1.0
// expect: phono: a chain has one source, and it is the first block

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, loading{}, riaa};
#else
constexpr auto schematic = chain{voltage_source{}, magnetic_cartridge{}, loading{}, riaa};
#endif
