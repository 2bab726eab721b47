// SPDX-License-Identifier: BSL-1.0
// expect: phono: a frequency or sampling rate has a unit: write 44.1_kHz or frequency.44100.0.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
frequency rate_of(double host) { return frequency{host}; }
#else
frequency rate_of(double host) { return host; }
#endif
