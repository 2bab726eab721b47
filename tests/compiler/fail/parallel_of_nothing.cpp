// SPDX-License-Identifier: BSL-1.0
// expect: phono: parallel of nothing is an open circuit

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr shunt_arm arm{parallel{resistor{1_kOhm}, capacitor{1_nF}}};
#else
constexpr shunt_arm arm{parallel{}};
#endif
