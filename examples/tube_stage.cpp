// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>

#include <cstdio>

// The README's stage with a tube, evaluated two ways.
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
    constexpr auto gain = response(stage, 1_kHz);   // the small-signal gain at the operating point
    tube_preamp loud{stage, 44.1_kHz};              // the full nonlinear circuit: distortion, grid current, blocking
    const double y = loud(1.0);                     // one sample: volts in, volts out
    double later = y;
    for (int n = 1; n < 100; ++n) later = loud(1.0);
    std::printf("%.2f dB at 1 kHz; 100 samples of 1 V later %.2f V\n", decibels(gain), later);
}
