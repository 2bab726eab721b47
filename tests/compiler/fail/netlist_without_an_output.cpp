// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: no node is named out: name one so, or say which node is the output

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
R1 in plate 4.7k
C1 plate 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
