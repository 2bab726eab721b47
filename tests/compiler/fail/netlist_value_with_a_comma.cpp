// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: a number has a decimal point and no comma, which is a blank here
// expect line: 4

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out 4.7k
C1 out 0 1.5n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out 4.7k
C1 out 0 1,5n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
