// SPDX-License-Identifier: BSL-1.0
// expect: phono: a selector switches between preamps: write selector<preamp<magnetic>, preamp<ceramic>>

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain flat{voltage_source{}};
constexpr chain equalised{voltage_source{}, riaa};

#ifdef PHONO_FIXED
void use() { selector modes{96_kHz, preamp<flat>{96_kHz}, preamp<equalised>{96_kHz}}; }
#else
void use() { selector modes{96_kHz, flat, equalised}; }
#endif
