// SPDX-License-Identifier: BSL-1.0
// expect: phono: the preamps of a selector have one sample type: all float or all double

#include <phono/phono.hpp>

using namespace phono;

constexpr chain flat{voltage_source{}};
constexpr chain equalised{voltage_source{}, riaa};

double heard()
{
#ifdef PHONO_FIXED
    selector<preamp<flat>, preamp<equalised>> modes{frequency{96000.0}};
#else
    selector<preamp<flat>, preamp<equalised, float>> modes{frequency{96000.0}};
#endif
    return modes(1.0);
}
