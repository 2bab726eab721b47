// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>

namespace command {

/// Texts that count times of the recording, by the names that they have as tags: CUESHEET, a cue sheet of a CD as text, and LENGTH, the
/// length in milliseconds that ID3 has in TLEN.

/// Any case.
[[nodiscard]] bool counts_time(const std::string& name);

/// Moves the times in such a text; false where one is not understood and the text stays as it is.
[[nodiscard]] bool move_time(text_tag& tag, int sample_rate, const displacement& by);

}   // namespace command
