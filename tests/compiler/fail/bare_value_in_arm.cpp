// SPDX-License-Identifier: BSL-1.0
// expect: phono: series_arm takes a part or a network; write resistor.47_kOhm., not 47_kOhm

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr series_arm arm{resistor{47_kOhm}};
#else
constexpr series_arm arm{47_kOhm};
#endif
