// SPDX-License-Identifier: BSL-1.0
// expect: phono: a chain takes blocks .a cartridge, loading, a stage, a curve.; a part or value belongs inside one, as in buffer.20_dB.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, loading{}, buffer{20_dB}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, loading{}, 20_dB, riaa};
#endif
