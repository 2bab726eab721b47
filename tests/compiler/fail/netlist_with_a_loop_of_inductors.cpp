// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: this part closes a loop of ideal voltage sources and inductors: put a resistor in se
// expect line: 4

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
L1 in out 10m
L2 in out 10m Rser=5
R1 out 0 47k
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
L1 in out 10m
L2 in out 10m
R1 out 0 47k
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
