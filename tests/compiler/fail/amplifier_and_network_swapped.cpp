// SPDX-License-Identifier: BSL-1.0
// expect: phono: feedback_stage takes an amplifier first; feedback has nothing to act on without one

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr feedback_stage stage{op_amp{}, resistor{150_kOhm}, resistor{1_kOhm}};
#else
constexpr feedback_stage stage{resistor{150_kOhm}, op_amp{}};
#endif
