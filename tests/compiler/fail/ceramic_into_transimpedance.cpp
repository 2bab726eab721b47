// SPDX-License-Identifier: BSL-1.0
// expect: phono: a ceramic cartridge needs no RIAA; if a current input or a low load is to read it as a velocity source, which does need it, write as_velocity_source.ceramic_cartridge

#include <phono/phono.hpp>

using namespace phono;
using namespace phono::literals;

constexpr transimpedance_stage stage{op_amp{.gain = 100_dB, .corner = 100_Hz}, resistor{100_kOhm}};

#ifdef PHONO_FIXED
constexpr auto schematic = chain{as_velocity_source{ceramic_cartridge{}}, stage, riaa};
#else
constexpr auto schematic = chain{ceramic_cartridge{}, stage, riaa};
#endif
