// SPDX-License-Identifier: BSL-1.0
// expect(GNU): could not convert .*from .phono::.*capacitance. to .phono::.*resistance
// expect(Clang): no viable conversion from .phono::capacitance. to .*phono::resistance
// means: The field has another unit than the value.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr loading load{.capacitance = 150_pF};
#else
constexpr loading load{.resistance = 150_pF};
#endif
