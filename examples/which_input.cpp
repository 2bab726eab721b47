// SPDX-License-Identifier: BSL-1.0
#include <phono/catalogue/cartridges.hpp>
#include <phono/match.hpp>

#include <cstdio>

// A moving-coil cartridge: is it better sensed by its voltage, by its current, or behind a step-up transformer?
using namespace phono;

int main()
{
    const auto found = match(cartridges::denon_dl103);
    const auto voltage = judge(found, input_mode::voltage), current = judge(found, input_mode::transimpedance),
               stepped_up = judge(found, input_mode::transformer);
    const auto print = [](const char* name, const input_figures& input) {
        std::printf("%s %5.1f dB at 1 kHz, SNR %.1f dB by RIAA and A\n", name, input.gain_at_1_khz.decibels, input.noise.snr);
    };
    print("voltage input:         ", found.voltage_input);
    print("trans-impedance input: ", found.transimpedance_input);
    print("transformer:           ", found.transformer_input);
    std::printf("the current input's loop has a phase margin of %.0f degrees at worst\n", found.phase_margin);
    constexpr const char* words[] = {"the voltage input", "the trans-impedance input", "either", "neither", "the transformer"};
    std::printf("better served by %s\n", words[static_cast<int>(choose(voltage, current, stepped_up))]);
}
