// SPDX-License-Identifier: BSL-1.0
// expect(GNU): designator order for field .phono::.*loading::resistance. does not match declaration order
// expect(Clang): ISO C.. requires field designators to be specified in declaration order
// means: Fields are named in the order of their declaration; any may be left out.

#include <phono/phono.hpp>

#ifdef __clang__
#pragma clang diagnostic error "-Wreorder-init-list"   // only a warning by default
#endif

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr loading load{.resistance = 47_kOhm, .capacitance = 150_pF};
#else
constexpr loading load{.capacitance = 150_pF, .resistance = 47_kOhm};
#endif
