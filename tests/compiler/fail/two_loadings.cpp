// SPDX-License-Identifier: BSL-1.0
// expect: phono: a cartridge has one loading .with a step_up_transformer one on either side of it.; a loading has 47 kOhm even where its resistance is not written

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

#ifdef PHONO_FIXED
constexpr auto schematic = chain{moving_coil_cartridge{}, loading{.resistance = 470_Ohm}, step_up_transformer{}, loading{}, riaa};
#else
constexpr auto schematic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, loading{.capacitance = 150_pF}, riaa};
#endif
