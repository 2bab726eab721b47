// SPDX-License-Identifier: BSL-1.0
// expect: phono: a frequency or sampling rate has a unit: write 44.1_kHz or frequency.44100.0.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

#ifdef PHONO_FIXED
tunable_preamp left{magnetic, 44.1_kHz};
#else
tunable_preamp left{magnetic, 44100.0};
#endif
