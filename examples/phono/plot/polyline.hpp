// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

namespace command {

struct pixel {
    double x, y;
};

/// Of a line through at least two points only those that a straight line would miss by more than a tenth of a pixel.
/// Source: Ramer, Douglas, Peucker.
[[nodiscard]] std::vector<pixel> bends(const std::vector<pixel>& all);

}   // namespace command
