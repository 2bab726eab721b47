// SPDX-License-Identifier: BSL-1.0
// expect(GNU): phono_a_constant_schematic_has_a_part_that_is_negative_zero_or_not_finite
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: phono_a_constant_schematic_has_a_part_that_is_negative_zero_or_not_finite

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{.inductance = 650_mH}, loading{}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{.inductance = -650_mH}, loading{}, riaa};
#endif

preamp<schematic> left{96_kHz};
