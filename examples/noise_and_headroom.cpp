// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cstdio>
#include <string>

// How quiet RJM's Very Simple Phono Stage is, what makes its noise, and how loud a record it takes.
using namespace phono;
using namespace phono::literals;

/// The preamp of the catalogue with the noise of its NE5534A: 3.42 nV, below 47.6 Hz rising, and 0.309 pA, below 678 Hz rising.
constexpr auto noisy()
{
    auto preamp = preamps::rjm_vsps;
    block<2>(preamp).amplifier.noise = {.voltage = 3.42e-9, .current = 0.309e-12, .voltage_corner = 47.6_Hz, .current_corner = 678_Hz};
    return preamp;
}

static_assert(noise_density(noisy(), 1_kHz) < 1e-6);   // the compiler knows it too

int main()
{
    constexpr auto preamp = noisy();
    const auto plain = noise(preamp);   // 20 Hz to 20 kHz
    const auto heard = noise(preamp, {.weight = noise_weight::by_a});
    std::printf("%.1f uV at the output, %.1f dB below 5 cm/s; A-weighted %.1f dB\n", 1e6 * plain.rms.si, plain.snr, heard.snr);
    for (const noise_share& part : heard) {
        if (part.share < 0.001) break;   // the largest come first
        const std::string value = part.value > 0.0 ? to_string(resistance{part.value}) + ", " : "";
        std::printf("%5.1f %%  block %d, %s: %s%s\n", 100.0 * part.share, part.block, part.name, value.c_str(), word_for(part.kind));
    }

    const auto first = overload(preamp, {.swing = 13_V}).clips_first();
    std::printf("the amplifier of block %d clips first: %.1f dB above 5 cm/s, at %.0f Hz\n", first.block, first.least.decibels,
                first.at.si);
}
