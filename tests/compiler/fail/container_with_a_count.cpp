// SPDX-License-Identifier: BSL-1.0
// expect: phono: a buffer knows its length: write process.block.

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

void play(preamp<magnetic>& left, std::vector<double>& block)
{
#ifdef PHONO_FIXED
    left.process(block);
#else
    left.process(block, block.size());
#endif
}
