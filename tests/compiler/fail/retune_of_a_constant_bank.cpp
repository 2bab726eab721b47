// SPDX-License-Identifier: BSL-1.0
// expect: phono: the values of preamp<schematic> are in its type and cannot change

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

#ifdef PHONO_FIXED
void turn(bank<tunable_preamp<decltype(magnetic)>, 2>& stereo) { stereo.retune(magnetic); }
#else
void turn(bank<preamp<magnetic>, 2>& stereo) { stereo.retune(magnetic); }
#endif
