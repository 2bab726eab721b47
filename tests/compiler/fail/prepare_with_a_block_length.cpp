// SPDX-License-Identifier: BSL-1.0
// expect: phono: blocks may have any length, and a rate has a unit: write prepare.frequency.sampleRate

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

void prepare_to_play(preamp<magnetic>& left, double rate, int block_length)
{
#ifdef PHONO_FIXED
    static_cast<void>(block_length);
    left.prepare(frequency{rate});
#else
    left.prepare(rate, block_length);
#endif
}
