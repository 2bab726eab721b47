// SPDX-License-Identifier: BSL-1.0
// expect: phono: feedback_path takes blocks .series_arm, shunt_arm, buffer .... and then the one network that ends at the minus input

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr feedback_path path{series_arm{resistor{220_kOhm}}, shunt_arm{capacitor{2.2_uF}}, resistor{47_kOhm}};
#else
constexpr feedback_path path{series_arm{resistor{220_kOhm}}, shunt_arm{capacitor{2.2_uF}}};
#endif
