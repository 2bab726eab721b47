// SPDX-License-Identifier: BSL-1.0
// expect: phono: a preamp's state changes with every sample, so that it must not be const

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

#ifdef PHONO_FIXED
double play(tunable_preamp<decltype(magnetic)>& left) { return left(0.005); }
#else
double play(const tunable_preamp<decltype(magnetic)>& left) { return left(0.005); }
#endif
