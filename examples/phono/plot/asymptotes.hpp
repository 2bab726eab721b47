// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "plot/plot.hpp"

#include <phono/math/rational.hpp>

namespace command {

/// A curve as it is sketched by hand (Bode), over a band: straight lines between its corners, in dB. They lie so that
/// the curve itself has `db_at_1_khz` at 1 kHz; where a corner stands alone it is 3 dB away from them. The curve's roots
/// are real.
[[nodiscard]] plot_line asymptotes(const phono::math::rational& curve, double from_hertz, double to_hertz, double db_at_1_khz);

}   // namespace command
