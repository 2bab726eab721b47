// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/number.hpp"

#include <cmath>
#include <string>

namespace command {

/// A magnitude, 1.0 being full scale, in decibels of full scale; minus infinity for silence.
[[nodiscard]] inline double dbfs(double magnitude) { return 20.0 * std::log10(magnitude); }

/// The same as text, with a sign and two decimals; `-inf` for silence.
[[nodiscard]] inline std::string dbfs_text(double magnitude) { return magnitude > 0.0 ? signed_fixed(dbfs(magnitude), 2) : "-inf"; }

}   // namespace command
