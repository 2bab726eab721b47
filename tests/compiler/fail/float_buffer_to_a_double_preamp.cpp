// SPDX-License-Identifier: BSL-1.0
// expect: phono: the buffer's samples are of another type than the preamp's, which are double unless its type says float

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

#ifdef PHONO_FIXED
void play(preamp<magnetic, float>& left, std::vector<float>& block)
#else
void play(preamp<magnetic>& left, std::vector<float>& block)
#endif
{
    left.process(block);
}
