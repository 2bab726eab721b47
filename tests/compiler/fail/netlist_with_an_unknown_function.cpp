// SPDX-License-Identifier: BSL-1.0
// expect: phono: netlist: this function is not known; there are abs acos acosh asin asinh atan atan2 atanh ceil cos cosh exp
// expect line: 3

#include <phono/netlist.hpp>
#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out {sqrt(100)}
C1 out 0 10n
)">{}};
#else
constexpr chain schematic{netlist<R"(a low-pass
V1 in 0 AC 1
R1 in out {sqare(100)}
C1 out 0 10n
)">{}};
#endif

constexpr auto at_1_khz = response(schematic, 1_kHz);
