// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/cartridges.hpp>
#include <phono/match.hpp>

#include <cstdio>

// A moving-coil cartridge: is it better sensed by its voltage or by its current?
using namespace phono;

int main()
{
    const auto found = match(cartridges::denon_dl103);
    const auto voltage = judge(found, input_mode::voltage), current = judge(found, input_mode::transimpedance);
    std::printf("voltage input:         %5.1f dB at 1 kHz, %.2f nV per root hertz\n", found.voltage_input.gain_at_1_khz.decibels,
                1e9 * found.voltage_input.noise);
    std::printf("trans-impedance input: %5.1f dB at 1 kHz, %.2f nV per root hertz, phase margin %.0f degrees\n",
                found.transimpedance_input.gain_at_1_khz.decibels, 1e9 * found.transimpedance_input.noise, found.phase_margin);
    constexpr const char* words[] = {"the voltage input", "the trans-impedance input", "either", "neither"};
    std::printf("better served by %s\n", words[static_cast<int>(choose(voltage, current))]);
}
