// SPDX-License-Identifier: BSL-1.0
// expect(GNU): phono_such_a_network_gives_curves_of_two_lags_and_one_lead_between_them_and_no_high_pass
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: phono_such_a_network_gives_curves_of_two_lags_and_one_lead_between_them_and_no_high_pass
// means: The name of the function in the error is the sentence.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto network = feedback_network_for<feedback_form::series>(recorded(riaa_iec), 100_kOhm);
#else
constexpr auto network = feedback_network_for<feedback_form::series>(riaa_iec, 100_kOhm);
#endif
