// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: a value such as 4k7 or 1R5 is 4k and 1 to ngspice, but 4\.7k and 1\.5 to LTspice: the
// expect line: 3

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out 4.7k
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out 4k7
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
