// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/rumble_argument.hpp"
#include "filters/filter.hpp"

namespace command {

/// The filter with a Butterworth high-pass behind it, if one is wanted.
[[nodiscard]] filter with_rumble_filter(const filter& played, const rumble_argument& given);

}   // namespace command
