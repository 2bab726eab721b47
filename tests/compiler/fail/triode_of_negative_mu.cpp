// SPDX-License-Identifier: BSL-1.0
// expect(GNU): a_constant_schematic_has_a_fault
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: a_constant_schematic_has_a_fault
// means: The lines in front of the error name the part, its value and the block.
// limit: 8500 characters: the lines that name the part are steps of a constant evaluation, of which each repeats the types around it

#include <phono/phono.hpp>
#include <phono/stage.hpp>

using namespace phono;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{voltage_source{}, common_cathode_stage{.tube = {.law = koren<>{.mu = 100.0}}}};
#else
constexpr auto schematic = chain{voltage_source{}, common_cathode_stage{.tube = {.law = koren<>{.mu = -100.0}}}};
#endif

preamp<schematic> left{frequency{96e3}};
