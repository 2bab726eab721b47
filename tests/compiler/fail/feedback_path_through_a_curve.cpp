// SPDX-License-Identifier: BSL-1.0
// expect: phono: a feedback_path leads through circuits; a curve has none .write its network., and a source begins a chain

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr feedback_path path{passive_network_for<shunt_form::parallel>(riaa), resistor{47_kOhm}};
#else
constexpr feedback_path path{riaa, resistor{47_kOhm}};
#endif
