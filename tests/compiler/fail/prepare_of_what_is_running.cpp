// SPDX-License-Identifier: BSL-1.0
// expect: phono: running<schematic, rate> has its values and its rate in its type and is ready

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

void begin(running<magnetic, 96_kHz>& left)
{
#ifdef PHONO_FIXED
    left.reset();
#else
    left.prepare(96_kHz);
#endif
}
