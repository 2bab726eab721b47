// SPDX-License-Identifier: BSL-1.0
#include "filters/noise_figures.hpp"

namespace command {

noise_figures noise_of(const filter& preamp, const noise_request& asked)
{
    auto parts = preamp.circuit().netlist();
    noise_figures found;
    const auto is_silent = [](const phono::amplifier_noise& noise) { return noise.voltage == 0.0 && noise.current == 0.0; };
    for (int i = 0; i < parts.amplifier_count; ++i) {
        auto& amplifier = parts.amplifiers[i];
        if (!is_silent(asked.amplifiers)) amplifier.noise = asked.amplifiers;
        found.silent_amplifiers += is_silent(amplifier.noise) ? 1 : 0;
    }
    const phono::circuit noisy{parts};
    auto conditions = asked.conditions;
    if (conditions.signal.si == 0.0) conditions.signal = phono::voltage{preamp.signal().at_reference};
    const auto report = phono::noise(noisy, conditions);
    found.rms = report.rms.si, found.at_input = report.at_input.si, found.snr = report.snr;
    found.parts.assign(report.begin(), report.end());
    for (const double hertz : asked.frequencies) {
        const phono::frequency f{hertz};
        found.densities.push_back({hertz, phono::noise_density(noisy, f, conditions), phono::input_noise_density(noisy, f, conditions)});
    }
    return found;
}

}   // namespace command
