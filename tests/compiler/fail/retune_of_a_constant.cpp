// SPDX-License-Identifier: BSL-1.0
// expect: phono: the values of preamp<schematic> are in its type and cannot change; with knobs it is tunable_preamp.schematic, rate.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left)
{
#ifdef PHONO_FIXED
    left.prepare(96_kHz);
#else
    left.retune(magnetic);
#endif
}
