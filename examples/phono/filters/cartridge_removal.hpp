// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments/cartridge_argument.hpp"
#include "filters/filter.hpp"

namespace command {

/// What takes a cartridge's load out of a recording: the inverse of its response, 0 dB at 1 kHz. Ultrasonic noise must not grow without
/// bound, so a Butterworth low-pass of order 4 stands behind it, with its corner as high as keeps the boost within the limit. Its title
/// says how exact that leaves it below 20 kHz.
[[nodiscard]] filter cartridge_removal(const loaded_cartridge_argument& given, double limit_db);

}   // namespace command
