// SPDX-License-Identifier: BSL-1.0
// expect(GNU): could not convert .*to .phono::.*time_constants.
// expect(Clang): no matching constructor for initialization of .*phono::time_constants
// means: A curve has at most four lags.

#include <phono/equaliser/curve.hpp>
#include <phono/literals.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr curve shelves = {.lags = {3180_us, 318_us, 75_us, 50_us}};
#else
constexpr curve shelves = {.lags = {3180_us, 318_us, 75_us, 50_us, 10_us}};
#endif
