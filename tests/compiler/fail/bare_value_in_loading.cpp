// SPDX-License-Identifier: BSL-1.0
// expect: phono: loading takes a part or a network; write resistor.47_kOhm., not 47_kOhm

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr network_loading load{resistor{47_kOhm}};
#else
constexpr network_loading load{47_kOhm};
#endif
