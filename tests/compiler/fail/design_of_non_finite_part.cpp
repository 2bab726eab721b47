// SPDX-License-Identifier: BSL-1.0
// expect(GNU): a_constant_schematic_has_a_fault
// expect(Clang): constexpr variable .* must be initialized by a constant expression
// expect note: "capacitor"
// means: The lines in front of the error name the part, its value and the block.
// limit: 9900 characters: the lines that name the part are steps of a constant evaluation, of which each repeats the types around it

#include <phono/phono.hpp>

#include <limits>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{1_nF}}};
#else
constexpr auto schematic =
    chain{voltage_source{}, series_arm{resistor{1_kOhm}}, shunt_arm{capacitor{capacitance{std::numeric_limits<double>::infinity()}}}};
#endif

const digital_filter filter = design(schematic, 96_kHz);
