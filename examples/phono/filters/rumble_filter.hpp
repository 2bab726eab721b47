// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/rumble_argument.hpp"
#include "filters/filter.hpp"

#include <string>

namespace command {

/// The filter with a Butterworth high-pass behind it, if one is wanted. Its corner is in hertz of the record at its own speed; `speed` is
/// that over the speed of the transfer, whose hertz the filter runs at.
[[nodiscard]] filter with_rumble_filter(const filter& played, const rumble_argument& given, double speed);

/// `100 Hz`, or `100 Hz of the record, 50 Hz of the transfer`.
[[nodiscard]] std::string corner_words(const rumble_argument& given, double speed);

}   // namespace command
