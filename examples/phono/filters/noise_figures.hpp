// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <phono/analysis/noise.hpp>
#include <phono/circuit/amplifier_noise.hpp>

#include <vector>

namespace command {

/// What is asked about the noise of a preamp.
struct noise_request {
    phono::noise_conditions conditions{};
    phono::amplifier_noise amplifiers{};   ///< in place of every amplifier's own, unless it is 0
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

/// The noise of a preamp. Throws a failure where its circuit is at fault, or where it is no circuit of its own.
[[nodiscard]] noise_figures noise_of(const filter& preamp, const noise_request& asked);

}   // namespace command
