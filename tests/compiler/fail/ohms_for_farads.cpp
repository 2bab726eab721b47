// SPDX-License-Identifier: BSL-1.0
// expect(GNU): could not convert .*from .phono::.*resistance. to .*phono::.*capacitance|conversion from .phono::.*resistance. to non-scalar type .*phono::.*capacitance. requested
// expect(Clang): no viable conversion from .phono::resistance. to .*phono::capacitance
// means: The value has another unit than the quantity.

#include <phono/literals.hpp>
#include <phono/units.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr capacitance cable = 250_pF;
#else
constexpr capacitance cable = 47_kOhm;
#endif
