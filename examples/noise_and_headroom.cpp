// SPDX-License-Identifier: BSL-1.0
#include <phono/analysis.hpp>
#include <phono/catalogue/amplifiers.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/published_preamps.hpp>
#include <phono/phono.hpp>
#include <phono/print.hpp>

#include <cstdio>
#include <string>

// How quiet RJM's Very Simple Phono Stage is, what makes its noise, and how loud a record it takes.
using namespace phono;
using namespace phono::literals;

/// The preamp of the catalogue, which has the noise of its NE5534A, with a cartridge and an amplifier of one's own choice.
constexpr auto with(const magnetic_cartridge& cartridge, const op_amp& amplifier)
{
    auto preamp = preamps::rjm_vsps;
    block<0>(preamp) = cartridge;
    block<2>(preamp).amplifier = amplifier;
    return preamp;
}

static_assert(noise_density(preamps::rjm_vsps, 1_kHz) < 1e-6);   // the compiler knows it too

int main()
{
    constexpr auto preamp = preamps::rjm_vsps;
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

    for (const amplifier_sheet& sheet : {amplifiers::ne5534a, amplifiers::lt1028, amplifiers::opa2134})
        std::printf("2M Red, %.1f nV and %.2f pA: A-weighted %.1f dB\n", 1e9 * sheet.voltage_noise.white, 1e12 * sheet.current_noise.white,
                    noise(with(cartridges::ortofon_2m_red, sheet.with_noise()), {.weight = noise_weight::by_a}).snr);
}
