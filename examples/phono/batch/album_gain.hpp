// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"

#include <vector>

namespace command {

/// The gain in decibels, the same for all files, that brings the true peak of the loudest to that level, with none clipped: where integers
/// are written, 0 dBFS is two of their steps lower, for the dither. 0 dB where all are silent.
[[nodiscard]] double album_gain_db(const std::vector<outcome>& measured, double level_dbfs);

}   // namespace command
