// SPDX-License-Identifier: BSL-1.0
// expect: phono: process.buffer. writes to the buffer: it must not be const; from one to another is process.in, out.

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left, const std::vector<double>& block, std::vector<double>& out)
{
#ifdef PHONO_FIXED
    left.process(block, out);
#else
    left.process(block);
#endif
}
