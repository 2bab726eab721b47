// SPDX-License-Identifier: BSL-1.0
// expect(GNU): unable to find numeric literal operator
// expect(Clang): no matching literal operator for call to
// means: The literals stand in phono::literals.

#include <phono/phono.hpp>

#ifdef PHONO_FIXED
using namespace phono::literals;
constexpr phono::resistance load = 47_kOhm;
#else
constexpr phono::resistance load = 47_kOhm;
#endif
