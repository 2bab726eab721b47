// SPDX-License-Identifier: BSL-1.0
// expect: phono: samples are volts, float or double: convert the integers to a buffer of them first

#include <phono/phono.hpp>

#include <vector>

using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{magnetic_cartridge{}, loading{.resistance = 47_kOhm}, riaa};

void play(preamp<magnetic>& left, std::vector<int>& block)
{
#ifdef PHONO_FIXED
    std::vector<double> volts(block.size());
    for (std::size_t i = 0; i < block.size(); ++i) volts[i] = block[i] / 32768.0;
    left.process(volts);
#else
    left.process(block);
#endif
}
