// SPDX-License-Identifier: BSL-1.0
// expect: phono: prepare takes a frequency, or a specification with a sampleRate in hertz; of another write prepare.frequency.specification.sample_rate..

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

struct specification {
    double sample_rate;
};

void play(preamp<magnetic>& left)
{
#ifdef PHONO_FIXED
    left.prepare(frequency{specification{48000.0}.sample_rate});
#else
    left.prepare(specification{48000.0});
#endif
}
