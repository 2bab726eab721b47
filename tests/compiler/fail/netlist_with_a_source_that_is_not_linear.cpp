// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: this source is not linear in the voltages: a valve is a subcircuit of the law of Kor
// expect line: 3

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
B1 x 0 V=2*V(in)
R1 x out 4.7k
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
B1 x 0 V=V(in)*V(in)
R1 x out 4.7k
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
