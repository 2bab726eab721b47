// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>

#include <cstdio>

// The README's stage with a tube, in its two readings.
using namespace phono;
using namespace phono::literals;

constexpr auto stage = chain{
    voltage_source{},
    common_cathode_stage{.tube = triodes::ecc83, .supply = 300_V, .plate_load = 100_kOhm, .bypass = 25_uF, .grid_leak = 1_MOhm},
    series_arm{capacitor{22_nF}},
    shunt_arm{resistor{1_MOhm}},
};

int main()
{
    constexpr auto gain = response(stage, 1_kHz);   // linearised where it rests: a circuit like any other
    tube_preamp loud{stage, 44.1_kHz};              // as it is: distortion, grid current, blocking
    const double y = loud(1.0);                     // one sample: volts in, volts out
    std::printf("%.4f dB at 1 kHz, small signals within %.1e dB; first sample %.9f V\n", decibels(gain), loud.accuracy(), y);
}
