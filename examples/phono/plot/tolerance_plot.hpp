// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "plot/plot.hpp"
#include "reports/tolerance_report.hpp"

namespace command {

/// The band of builds round the target: where nine of ten lie, where all lie, the preamp as drawn, and the bound of a good build. Below, what
/// one per cent of the parts that matter most does.
[[nodiscard]] figure draw_builds(const tolerance_report& report);

}   // namespace command
