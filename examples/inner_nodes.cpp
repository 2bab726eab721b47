// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/triodes.hpp>
#include <phono/phono.hpp>

#include <cstdio>

// The inner nodes of two tube stages: their quiescent voltages, and the signal level at each plate.
using namespace phono;
using namespace phono::literals;

constexpr auto two_stages = chain{
    voltage_source{},
    common_cathode_stage{.tube = triodes::ecc83, .plate_load = 100_kOhm, .bypass = 25_uF, .grid_leak = 1_MOhm},
    series_arm{capacitor{22_nF}},
    shunt_arm{resistor{470_kOhm}},
    common_cathode_stage{.tube = triodes::ecc83, .plate_load = 47_kOhm, .cathode_resistor = 820_Ohm},
};

int main()
{
    const circuit held{two_stages};   // elaborated, and its operating point found, once
    std::printf("plates rest at %.1f V and %.1f V, cathodes at %.2f V and %.2f V\n", held.quiescent(at<"plate1">).si,
                held.quiescent(at<"plate2">).si, held.quiescent(at<"cathode1">).si, held.quiescent(at<"cathode2">).si);
    for (const frequency f : {10_Hz, 100_Hz, 1_kHz, 10_kHz, 100_kHz})
        std::printf("%6g Hz: plate1 %6.2f dB, grid2 %6.2f dB, cathode1 %7.2f dB, output %6.2f dB\n", f.si,
                    decibels(response(held, at<"plate1">, f)), decibels(response(held, at<"grid2">, f)),
                    decibels(response(held, at<"cathode1">, f)), decibels(response(held, f)));
}
