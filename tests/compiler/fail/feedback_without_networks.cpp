// SPDX-License-Identifier: BSL-1.0
// expect: phono: feedback_stage takes the feedback behind its amplifier; without any, write amplifier_stage

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr amplifier_stage stage{op_amp{.gain = 60_dB, .corner = 2_kHz}};
#else
constexpr feedback_stage stage{op_amp{.gain = 60_dB, .corner = 2_kHz}};
#endif
