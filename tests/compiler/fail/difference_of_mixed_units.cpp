// SPDX-License-Identifier: BSL-1.0
// expect(GNU): no match for .operator-. .operand types are .phono::.*resistance. and .phono::.*voltage
// expect(Clang): invalid operands to binary expression \(.*resistance.*voltage
// means: Both sides of a sum or difference are of one kind. (It is not refused in a sentence so that a program can ask whether there is a sum.)

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto left_over = 47_kOhm - 5_kOhm;
#else
constexpr auto left_over = 47_kOhm - 5_mV;
#endif
