// SPDX-License-Identifier: BSL-1.0
// expect(GNU): a_constant_schematic_has_a_fault
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: "loading.resistance"
// means: The lines in front of the error name the part, its value and the block.
// limit: 7600 characters: the lines that name the part are steps of a constant evaluation, of which each repeats the types around it

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, loading{.resistance = 0_Ohm}, riaa};
#endif

const auto gain_at_1_khz = response(schematic, 1_kHz);
