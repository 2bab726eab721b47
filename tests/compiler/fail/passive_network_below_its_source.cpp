// SPDX-License-Identifier: BSL-1.0
// expect(GNU): phono_a_passive_network_of_this_impedance_has_no_r1_above_zero_between_its_source_and_its_load
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: phono_a_passive_network_of_this_impedance_has_no_r1_above_zero_between_its_source_and_its_load
// means: The name of the function in the error is the sentence.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto network = passive_network_for<shunt_form::parallel>(riaa, {.impedance = 22_kOhm, .source = 15_kOhm});
#else
constexpr auto network = passive_network_for<shunt_form::parallel>(riaa, {.impedance = 10_kOhm, .source = 15_kOhm});
#endif
