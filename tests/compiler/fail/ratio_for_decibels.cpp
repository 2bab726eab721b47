// SPDX-License-Identifier: BSL-1.0
// expect: phono: a gain is in decibels, as 94_dB; of an amplitude ratio write gain::from_ratio.50118.7.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr op_amp amplifier{.gain = gain::from_ratio(50118.7), .corner = 10_Hz};
#else
constexpr op_amp amplifier{.gain = 50118.7, .corner = 10_Hz};
#endif
