// SPDX-License-Identifier: BSL-1.0
// expect(GNU): conversion from .phono::.*frequency. to non-scalar type .*phono::.*angular_frequency. requested
// expect(Clang): no viable conversion from .phono::frequency. to .*phono::angular_frequency
// means: Hertz and radians per second differ by 2 pi, and neither is taken for the other.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr angular_frequency corner_of = angular(50_Hz);
#else
constexpr angular_frequency corner_of = 50_Hz;
#endif
