// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "batch/batch.hpp"
#include "batch/entry.hpp"
#include "support/text_file.hpp"

#include <string>
#include <vector>

namespace command {

/// How a report is known again.
inline constexpr text_kind report_text{"report", "{\n  \"made_by\": \"phono "};

/// What became of a run, and of each file in the order of the inputs, as JSON. Levels are in decibels of full scale, null for silence; DC is the mean of
/// each channel of the input, full scale 1.
[[nodiscard]] std::string batch_json(const batch& all, const std::vector<entry>& entries, const transformation& what, bool interrupted);

}   // namespace command
