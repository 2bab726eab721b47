// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: nothing drives the circuit: give a source AC 1, or name a node in, or say which node

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{voltage_source{}, netlist<R"(a low-pass
R1 in out 4.7k
C1 out 0 10n
R2 in 0 1meg
)">{}};
#else
constexpr chain schematic{voltage_source{}, netlist<R"(a low-pass
R1 grid out 4.7k
C1 out 0 10n
R2 grid 0 1meg
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
