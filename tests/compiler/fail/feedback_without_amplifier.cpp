// SPDX-License-Identifier: BSL-1.0
// expect: phono: feedback_stage takes an amplifier first; feedback has nothing to act on without one

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr feedback_stage stage{op_amp{.gain = 60_dB, .corner = 2_kHz}, resistor{150_kOhm}, resistor{47_kOhm}};
#else
constexpr feedback_stage stage{resistor{1_kOhm}, resistor{150_kOhm}, resistor{47_kOhm}};
#endif
