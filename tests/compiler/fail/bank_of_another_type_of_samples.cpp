// SPDX-License-Identifier: BSL-1.0
// expect: phono: a bank processes in place, interleaved frames by process.buffer. or its channels by process.pointers, frames.

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr chain magnetic{magnetic_cartridge{}, loading{}, riaa};

#ifdef PHONO_FIXED
void play(bank<preamp<magnetic, float>, 2>& stereo, std::vector<float>& frames) { stereo.process(frames); }
#else
void play(bank<preamp<magnetic>, 2>& stereo, std::vector<float>& frames) { stereo.process(frames); }
#endif
