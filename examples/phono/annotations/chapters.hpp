// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <vector>

namespace command {

/// Markers as Vorbis comments: CHAPTER001=00:03:12.500 and CHAPTER001NAME=Band 2, as players and ffmpeg read them. Positions are in
/// milliseconds. Source: wiki.xiph.org/Chapter_Extension.

/// Whether a tag of that name is a chapter's position or its name.
[[nodiscard]] bool is_of_chapter(const std::string& name);

/// A marker for each chapter, in the order of the tags; a position that cannot be read is left out. The sample rate is in hertz.
[[nodiscard]] std::vector<marker> markers_of_chapters(const std::vector<text_tag>& tags, int sample_rate);

/// Whether some of them are positions that cannot be read or names of chapters without one.
[[nodiscard]] bool has_unread_chapters(const std::vector<text_tag>& tags, int sample_rate);

/// Two tags for each marker, numbered from 001; one without a name is called `Marker 1` and so on. The sample rate is in hertz.
[[nodiscard]] std::vector<text_tag> chapters_of(const std::vector<marker>& markers, int sample_rate);

}   // namespace command
