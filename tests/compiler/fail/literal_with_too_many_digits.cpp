// SPDX-License-Identifier: BSL-1.0
// expect(GNU): phono_a_literal_has_at_most_15_significant_digits
// expect(Clang): constexpr variable .value.* must be initialized by a constant expression
// expect note: phono_a_literal_has_at_most_15_significant_digits
// means: A literal with more digits would be rounded twice.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr resistance r = 1.23456789012345_kOhm;
#else
constexpr resistance r = 1.2345678901234567_kOhm;
#endif
