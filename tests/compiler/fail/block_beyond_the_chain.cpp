// SPDX-License-Identifier: BSL-1.0
// expect: phono: the chain has no block of that place; they are counted from 0, the source, as faults count them

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

void turn(decltype(chain{voltage_source{}, shunt_arm{resistor{}}}) & schematic)
{
#ifdef PHONO_FIXED
    block<1>(schematic).network.value = 33_kOhm;
#else
    block<2>(schematic).network.value = 33_kOhm;
#endif
}
