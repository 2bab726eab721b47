// SPDX-License-Identifier: BSL-1.0
// expect: phono: the schematic.s type comes first, then that of the samples: write tunable_preamp<decltype.schematic., float>

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

#ifdef PHONO_FIXED
tunable_preamp<decltype(magnetic), float> left{magnetic, 96_kHz};
#else
tunable_preamp<float> left{magnetic, 96_kHz};
#endif
