// SPDX-License-Identifier: BSL-1.0
// expect: phono: the samples of a preamp are float or double
// limit: 6000 characters: the type of the preamp, which holds its schematic, is named twice.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

#ifdef PHONO_FIXED
preamp<magnetic, float> left;
#else
preamp<magnetic, int> left;
#endif
