// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/analysis/noise.hpp>
#include <phono/circuit/amplifier_noise.hpp>

#include <functional>
#include <vector>

namespace command {

/// What is asked about the noise of a preamp.
struct noise_request {
    phono::noise_conditions conditions{};
    phono::amplifier_noise amplifiers{};   ///< of those whose noise the schematic does not state
    std::vector<double> frequencies{};     ///< hertz, for densities
};

struct noise_point {
    double hertz{}, output{}, input{};   ///< V per square root of a hertz
};

/// The noise of a preamp, with the type of its schematic erased.
struct noise_figures {
    double rms{}, at_input{}, snr{};   ///< V, V, dB; NaN where the source has no output of its own
    int silent_amplifiers = 0;         ///< whose noise nobody stated
    std::vector<phono::noise_share> parts{};
    std::vector<noise_point> densities{};
};

using noise_function = std::function<noise_figures(const noise_request&)>;

/// The noise of a schematic that is held, whose source makes so many volts of EMF at 1 kHz and 5 cm/s. It is kept small, because it is
/// compiled for each type of schematic in the catalogue.
template <phono::netlist_size size>
[[nodiscard]] noise_figures noise_of(const phono::circuit<size>& held, double signal, const noise_request& asked)
{
    auto parts = held.netlist();
    noise_figures found;
    for (auto& amplifier : parts.amplifiers) {
        const auto is_silent = [](const phono::amplifier_noise& noise) { return noise.voltage == 0.0 && noise.current == 0.0; };
        if (is_silent(amplifier.noise)) amplifier.noise = asked.amplifiers;
        found.silent_amplifiers += is_silent(amplifier.noise) ? 1 : 0;
    }
    const phono::circuit noisy{parts};
    auto conditions = asked.conditions;
    if (conditions.signal.si == 0.0) conditions.signal = phono::voltage{signal};
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
