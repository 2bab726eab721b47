// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace command {

/// The playback curve that the recording has had as far as it says itself; nothing where it says nothing. Notes of phono are understood in
/// order, so that an undone curve is none; texts by others only where nothing in the same sentence contradicts or puts it into the future.
[[nodiscard]] std::optional<std::string> curve_on_record(const annotations& all);

/// Whether two titles of curves, as notes have them, are of one curve: by their time constants, where both have some. Others' texts speak
/// of RIAA without any.
[[nodiscard]] bool is_same_curve(std::string_view on_record, std::string_view other);

}   // namespace command
