// SPDX-License-Identifier: BSL-1.0
// expect(GNU): type/value mismatch at argument 1 in template parameter list for
// expect(Clang): template argument for template type parameter must be a type
// means: A tunable_preamp's values are given when it runs: its type has only the schematic's type, and tunable_preamp{magnetic, rate} finds that itself.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

#ifdef PHONO_FIXED
tunable_preamp<decltype(magnetic)> left{magnetic, 96_kHz};
#else
tunable_preamp<magnetic> left{magnetic, 96_kHz};
#endif
