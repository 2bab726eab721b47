// SPDX-License-Identifier: BSL-1.0
// expect: phono: a preamp's state changes with every sample, so that it must not be const

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

#ifdef PHONO_FIXED
void play(preamp<magnetic>& left, std::vector<double>& block) { left.process(block); }
#else
void play(const preamp<magnetic>& left, std::vector<double>& block) { left.process(block); }
#endif
