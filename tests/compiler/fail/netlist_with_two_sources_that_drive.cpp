// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: more than one source has AC: say which drives the circuit, or leave AC to one of the
// expect line: 3

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
V2 b 0 DC 1
R1 in out 4.7k
R2 b out 47k
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
V2 b 0 AC 1
R1 in out 4.7k
R2 b out 47k
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
