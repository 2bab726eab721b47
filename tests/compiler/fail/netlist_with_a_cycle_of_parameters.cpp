// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: this parameter depends on itself
// expect line: 4

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.param a={2*b} b=4.7k
R1 in out {a}
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.param a={2*b} b={a/2}
R1 in out {a}
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
