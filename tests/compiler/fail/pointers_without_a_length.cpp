// SPDX-License-Identifier: BSL-1.0
// expect: phono: a pointer does not say how many samples it leads to: write process.in, out, count.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left, const double* in, double* out, int count)
{
#ifdef PHONO_FIXED
    left.process(in, out, count);
#else
    left.process(in, out);
#endif
}
