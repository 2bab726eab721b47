// SPDX-License-Identifier: BSL-1.0
// expect: phono: buffers know their lengths: write process.in, out.

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

void play(preamp<magnetic>& left, std::vector<double>& in, std::vector<double>& out)
{
#ifdef PHONO_FIXED
    left.process(in, out);
#else
    left.process(in, out, out.size());
#endif
}
