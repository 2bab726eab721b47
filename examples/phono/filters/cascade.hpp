// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/filter.hpp"

#include <string>

namespace command {

/// One filter behind another, which draws no current from it. Where neither has tubes they run as one filter, designed from all their poles
/// and zeros; where one has, they run one after the other.
[[nodiscard]] filter cascade(const std::string& title, const filter& first, const filter& second);

}   // namespace command
