// SPDX-License-Identifier: BSL-1.0
// expect: phono: this schematic cannot be made into a preamp; check.schematic. names the part and the rule

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr curve shelf{.lags = {3180_us}, .leads = {318_us}};
#else
constexpr curve shelf{.lags = {3180_us}, .leads = {-318_us}};
#endif

preamp<chain{voltage_source{}, inverse(shelf)}> cutter{96_kHz};
