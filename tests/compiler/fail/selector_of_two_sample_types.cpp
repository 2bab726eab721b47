// SPDX-License-Identifier: BSL-1.0
// expect: phono: the preamps of a selector have one sample type: all float or all double

#include <phono/phono.hpp>

using namespace phono;

constexpr chain flat{voltage_source{}};
constexpr chain equalised{voltage_source{}, riaa};

#ifdef PHONO_FIXED
using mode_switch = selector<preamp<flat, float>, preamp<equalised, float>>;
#else
using mode_switch = selector<preamp<flat, float>, preamp<equalised, double>>;
#endif
constexpr auto size = sizeof(mode_switch);
