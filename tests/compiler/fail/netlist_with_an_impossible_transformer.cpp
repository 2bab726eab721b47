// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: these inductors cannot all be coupled so tightly: their energy could be negative
// expect line: 4

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
L3 x 0 1
K1 L1 L2 0.99
K2 L1 L3 0.99
K3 L2 L3 0.98
R2 out 0 47k
R3 x 0 47k
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in p 10
L1 p 0 10m
L2 out 0 1
L3 x 0 1
K1 L1 L2 0.99
K2 L1 L3 0.99
K3 L2 L3 0.1
R2 out 0 47k
R3 x 0 47k
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
