// SPDX-License-Identifier: BSL-1.0
// expect(GNU): a_constant_schematic_has_a_fault
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: "magnetic_cartridge.inductance"
// means: The lines in front of the error name the part, its value and the block.
// limit: 8500 characters: the lines that name the part are steps of a constant evaluation, of which each repeats the types around it

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{magnetic_cartridge{.inductance = 650_mH}, loading{}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{.inductance = -650_mH}, loading{}, riaa};
#endif

preamp<schematic> left{96_kHz};
