// SPDX-License-Identifier: BSL-1.0
// expect(GNU): phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: phono_a_constant_schematic_or_its_sampling_rate_is_not_sound_and_check_says_why
// means: The rate lies outside 8 to 768 kHz.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr digital_filter filter = design(chain{voltage_source{}, riaa}, 44.1_kHz);
#else
constexpr digital_filter filter = design(chain{voltage_source{}, riaa}, 4_kHz);
#endif
