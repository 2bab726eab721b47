// SPDX-License-Identifier: BSL-1.0
// expect: phono: a sample is in volts, float or double: divide an integer by its full scale first

#include <phono/phono.hpp>

#include <cstdint>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left, std::int16_t sample)
{
#ifdef PHONO_FIXED
    left(sample / 32768.0);
#else
    left(sample);
#endif
}
