// SPDX-License-Identifier: BSL-1.0
// expect(GNU): has no non-static data member named .resistor
// expect(Clang): field designator .resistor. does not refer to any field
// means: The fields of every block: examples/README.md.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr loading load{.resistance = 47_kOhm};
#else
constexpr loading load{.resistor = 47_kOhm};
#endif
