// SPDX-License-Identifier: BSL-1.0
// expect(GNU): is not usable in a constant expression
// expect(Clang): non-type template argument is not a constant expression
// means: The schematic of a preamp is in its type, hence constexpr; one that is known only when the program runs is for a tunable_preamp.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto magnetic = chain{magnetic_cartridge{}, loading{}, riaa};
#else
auto magnetic = chain{magnetic_cartridge{}, loading{}, riaa};
#endif

preamp<magnetic> left{96_kHz};
