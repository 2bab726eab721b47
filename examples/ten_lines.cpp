// SPDX-License-Identifier: BSL-1.0
#include <phono/phono.hpp>

#include <cstdio>

// The preamp of the README's first screen.
using namespace phono;
using namespace phono::literals;

constexpr auto magnetic = chain{
    magnetic_cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH},
    loading{.resistance = 47_kOhm, .capacitance = 150_pF, .cable = 100_pF},
    riaa,
};

int main()
{
    preamp<magnetic> left{96_kHz};   // the schematic is in the type; the object holds coefficients and state
    const double y = left(0.005);    // one sample: volts of cartridge EMF in, volts out
    std::printf("%.4f dB at 1 kHz; first sample %.9f V\n", decibels(left.response(1_kHz)), y);
}
