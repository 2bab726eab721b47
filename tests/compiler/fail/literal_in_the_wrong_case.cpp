// SPDX-License-Identifier: BSL-1.0
// expect(GNU): unable to find numeric literal operator
// expect(Clang): no matching literal operator for call to
// means: Units are written as in physics: kOhm, MOhm, pF, mH, kHz, dB.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr resistance load = 47_kOhm;
#else
constexpr resistance load = 47_kohm;
#endif
