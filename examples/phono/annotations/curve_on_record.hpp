// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>

namespace command {

/// The playback curve that the recording has had as far as it says itself; nothing where it says nothing. Notes of phono are understood in
/// order, so that an undone curve is none; texts by others only where nothing in the same sentence contradicts or puts it into the future.
[[nodiscard]] std::optional<std::string> curve_on_record(const annotations& all);

}   // namespace command
