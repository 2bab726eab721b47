// SPDX-License-Identifier: BSL-1.0
// expect: phono: a curve is no network: write feedback_stage.amplifier, riaa_feedback..gain_at_1_kHz = 40_dB, .ri = 1_kOhm

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr feedback_stage stage{op_amp{}, riaa_feedback{.gain_at_1_kHz = 40_dB, .ri = 1_kOhm}};
#else
constexpr feedback_stage stage{op_amp{}, riaa};
#endif
