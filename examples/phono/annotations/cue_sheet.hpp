// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace command {

/// FLAC's block CUESHEET (RFC 9639, 8.7): tracks and their index points, exact to the sample and without names.

[[nodiscard]] std::vector<marker> markers_of_cue_sheet(const byte_string& block);

/// What the sheet says that no marker can: catalogue number, ISRC, pre-emphasis, index points other than 1; a few words each.
[[nodiscard]] std::vector<std::string> beside_markers(const byte_string& block);

/// A sheet of tracks, or nothing where the rules have no room for the markers: above 254 of them, none, or a length that is not known.
[[nodiscard]] std::optional<byte_string> cue_sheet_of(std::vector<marker> markers, std::optional<std::int64_t> frames);

/// A sheet of a CD's is one no more when its positions change: they are counted in its 588 samples.
void move_cue_sheet(byte_string& block, const displacement& by);

}   // namespace command
