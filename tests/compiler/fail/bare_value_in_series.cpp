// SPDX-License-Identifier: BSL-1.0
// expect: phono: series.* takes parts or networks; write resistor.47_kOhm., not 47_kOhm

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr series network{resistor{1_kOhm}, capacitor{47_nF}};
#else
constexpr series network{resistor{1_kOhm}, 47_nF};
#endif
