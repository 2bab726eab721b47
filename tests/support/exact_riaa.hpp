// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/measure.hpp"

/// RIAA by its standard, written out independently: the reference of every test of it.
namespace measure {

inline const time_constant_curve exact_riaa{{3180e-6L, 75e-6L}, {318e-6L}};

/// Its level, 0 dB at 1 kHz.
inline double riaa_db(double hertz) { return decibels(std::abs(exact_riaa(hertz) / exact_riaa(1000.0L))); }

}   // namespace measure
