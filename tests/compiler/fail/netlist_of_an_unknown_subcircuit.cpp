// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: there is no subcircuit, triode or amplifier of this name
// expect line: 6

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.subckt filter a b
R1 a b 4.7k
.ends
X1 in out filter
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.subckt filter a b
R1 a b 4.7k
.ends
X1 in out fliter
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
