// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: there is no parameter of this name: define it by \.param, or on the \.subckt
// expect line: 4

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.param load=10k
R1 in out {load/2}
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
.param load=10k
R1 in out {laod/2}
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
