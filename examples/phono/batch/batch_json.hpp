// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "batch/entry.hpp"

#include <string>
#include <vector>

namespace command {

/// What became of each file, in the order of the inputs, as JSON. Levels are in decibels of full scale, null for silence; DC is the mean of
/// each channel of the input, full scale 1.
[[nodiscard]] std::string batch_json(const std::vector<entry>& entries, const transformation& what);

}   // namespace command
