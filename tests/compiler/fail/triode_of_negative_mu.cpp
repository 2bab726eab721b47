// SPDX-License-Identifier: BSL-1.0
// expect(GNU): a_constant_schematic_has_a_fault
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: a_constant_schematic_has_a_fault

#include <phono/phono.hpp>
#include <phono/stage.hpp>

using namespace phono;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{voltage_source{}, common_cathode_stage{.tube = {.law = koren<>{.mu = 100.0}}}};
#else
constexpr auto schematic = chain{voltage_source{}, common_cathode_stage{.tube = {.law = koren<>{.mu = -100.0}}}};
#endif

preamp<schematic> left{frequency{96e3}};
