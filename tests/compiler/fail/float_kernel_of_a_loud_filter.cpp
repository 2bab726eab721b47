// SPDX-License-Identifier: BSL-1.0
// expect: phono: this filter's gains or states are beyond the range of its samples

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr digital_filter filter = design(chain{voltage_source{}, curve{.lags = {75_us}, .level = gain{560.0}}}, 44.1_kHz);

#ifdef PHONO_FIXED
const constant_kernel<filter> kernel;
#else
const constant_kernel<filter, float> kernel;
#endif
