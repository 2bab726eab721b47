// SPDX-License-Identifier: BSL-1.0
// expect(GNU): could not convert .*from .phono::.*inductance. to .*phono::.*resistance|conversion from .phono::.*inductance. to non-scalar type .*phono::.*resistance. requested
// expect(Clang): no viable conversion from .phono::inductance. to .*phono::resistance
// means: The value has another unit than the quantity.

#include <phono/literals.hpp>
#include <phono/units.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr resistance coil = 650_Ohm;
#else
constexpr resistance coil = 650_mH;
#endif
