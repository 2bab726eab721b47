// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "plot/plot.hpp"
#include "reports/noise_report.hpp"

#include <vector>

namespace command {

/// The density of the noise at the input of each preamp above, at its output below.
[[nodiscard]] figure draw(const std::vector<preamp_noise>& all);

}   // namespace command
