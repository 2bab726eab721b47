// SPDX-License-Identifier: BSL-1.0
// expect: phono: retune takes other values of the same blocks; another schematic is another preamp

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(tunable_preamp<decltype(magnetic)>& left)
{
#ifdef PHONO_FIXED
    left.retune(chain{magnetic_cartridge{}, loading{}, riaa});
#else
    left.retune(chain{magnetic_cartridge{}, loading{}, buffer{20_dB}});
#endif
}
