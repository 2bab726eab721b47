// SPDX-License-Identifier: BSL-1.0
// expect: phono: tube_preamp takes a schematic with triodes; a linear one is a preamp

#include <phono/phono.hpp>
#include <phono/tube_preamp.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{voltage_source{}, common_cathode_stage{}};
#else
constexpr chain schematic{voltage_source{}, shunt_arm{resistor{47_kOhm}}};
#endif

double heard()
{
    tube_preamp running{schematic, 48_kHz};
    return running(1.0);
}
