// SPDX-License-Identifier: BSL-1.0
// expect: phono: as_velocity_source takes a ceramic_cartridge; a magnetic one is a velocity source

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr as_velocity_source source{ceramic_cartridge{}};
#else
constexpr as_velocity_source source{magnetic_cartridge{}};
#endif
