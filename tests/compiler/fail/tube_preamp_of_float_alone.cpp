// SPDX-License-Identifier: BSL-1.0
// expect: phono: the schematic.s type comes first, then that of the samples: write tunable_preamp<decltype.schematic., float>

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr chain stage{voltage_source{}, common_cathode_stage{}};

#ifdef PHONO_FIXED
tube_preamp<decltype(stage), float> left{stage, 96_kHz};
#else
tube_preamp<float> left{stage, 96_kHz};
#endif
