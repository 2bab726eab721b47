// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: a text in a type cannot include files: put what the file says into the text
// expect line: 3

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
.include "filter.lib"
X1 in out filter
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
