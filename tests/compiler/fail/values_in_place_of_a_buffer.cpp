// SPDX-License-Identifier: BSL-1.0
// expect: phono: process writes to its buffer: give it a std::array, std::vector or std::span of samples

#include <phono/phono.hpp>

#include <array>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

void play(preamp<magnetic>& left)
{
#ifdef PHONO_FIXED
    std::array block{0.001, 0.002};
    left.process(block);
#else
    left.process({0.001, 0.002});
#endif
}
