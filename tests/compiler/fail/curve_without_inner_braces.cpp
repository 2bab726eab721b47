// SPDX-License-Identifier: BSL-1.0
// expect(GNU): could not convert .* from .phono::.*duration.* to .phono::.*time_constants.
// expect(Clang): no viable conversion from .*duration.* to .*time_constants
// means: A curve from the constants as they are quoted is disc_curve; in a curve's own braces every list has braces.

#include <phono/equaliser/curve.hpp>
#include <phono/literals.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr curve columbia = disc_curve(1590_us, 318_us, 100_us);
#else
constexpr curve columbia{1590_us, 318_us, 100_us};
#endif
