// SPDX-License-Identifier: BSL-1.0
// expect(GNU): no match for .operator\+. .operand types are .phono::.*resistance. and .phono::.*capacitance.
// expect(Clang): invalid operands to binary expression \(.*resistance.*capacitance
// means: Both sides of a sum or difference are of one kind.

#include <phono/literals.hpp>
#include <phono/units.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto sum = 47_kOhm + 1.3_kOhm;
#else
constexpr auto sum = 47_kOhm + 250_pF;
#endif
