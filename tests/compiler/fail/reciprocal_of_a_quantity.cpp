// SPDX-License-Identifier: BSL-1.0
// expect: phono: a number over a quantity is no quantity here; write period.1_kHz., corner.75_us.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto rate = corner(75_us);
#else
constexpr auto rate = 1.0 / 75_us;
#endif
