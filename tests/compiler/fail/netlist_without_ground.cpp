// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: no part is connected to ground, node 0: a ground of another name, such as AGND, is t

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in AGND AC 1
R1 in out 4.7k
C1 out AGND 10n
V2 AGND 0 0
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in AGND AC 1
R1 in out 4.7k
C1 out AGND 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
