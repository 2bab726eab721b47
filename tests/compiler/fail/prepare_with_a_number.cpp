// SPDX-License-Identifier: BSL-1.0
// expect: phono: a frequency or sampling rate has a unit: write 44.1_kHz or frequency.44100.0.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left)
{
#ifdef PHONO_FIXED
    left.prepare(48_kHz);
#else
    left.prepare(48000.0);
#endif
}
