// SPDX-License-Identifier: BSL-1.0
// expect(GNU): does not have static storage duration
// expect(Clang): non-type template argument is not a constant expression
// means: What a template refers to has to exist as long as the program: static, or running<magnetic, 96_kHz>.

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

double heard()
{
#ifdef PHONO_FIXED
    static constexpr digital_filter filter = design(magnetic, 96_kHz);
#else
    constexpr digital_filter filter = design(magnetic, 96_kHz);
#endif
    return constant_kernel<filter>{}(0.005);
}
