// SPDX-License-Identifier: BSL-1.0
// expect: phono: a chain takes blocks .a cartridge, loading, a stage, a curve.; a part or value belongs inside one

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, network_loading{resistor{47_kOhm}}};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, resistor{47_kOhm}};
#endif
