// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <vector>

namespace command {

/// Markers as Vorbis comments: CHAPTER001=00:03:12.500 and CHAPTER001NAME=Band 2, as players and ffmpeg read them. Positions are in
/// milliseconds. Source: wiki.xiph.org/Chapter_Extension.

[[nodiscard]] bool is_of_chapter(const std::string& name);
[[nodiscard]] std::vector<marker> markers_of_chapters(const std::vector<text_tag>& tags, int sample_rate);
[[nodiscard]] std::vector<text_tag> chapters_of(const std::vector<marker>& markers, int sample_rate);

}   // namespace command
