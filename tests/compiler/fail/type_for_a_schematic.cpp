// SPDX-License-Identifier: BSL-1.0
// expect(GNU): type/value mismatch at argument 1 in template parameter list for
// expect(Clang): template argument for non-type template parameter must be an expression
// means: A preamp has the schematic itself in its type, values included, and not the schematic's type.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

#ifdef PHONO_FIXED
preamp<magnetic> left{96_kHz};
#else
preamp<decltype(magnetic)> left{96_kHz};
#endif
