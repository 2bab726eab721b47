// SPDX-License-Identifier: BSL-1.0
// expect: phono: a voltage has a unit: write 5_mV or voltage.0.005.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr magnetic_cartridge cartridge{.output = 5_mV};
#else
constexpr magnetic_cartridge cartridge{.output = 0.005};
#endif
