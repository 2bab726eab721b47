// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <vector>

namespace command {

/// The markers of a RIFF file: chunk `cue `, and chunk `LIST` of type `adtl` with their names (`labl`), notes (`note`) and lengths (`ltxt`)
/// (Microsoft, Multimedia Programming Interface and Data Specifications 1.0).

[[nodiscard]] bool is_adtl_list(const chunk& some);

/// Of all cue points in the chunks, as many as there are. What `adtl` holds beyond a name, a note and a length for each, such as labels
/// without a cue point, is added to `untold`, a few words each.
[[nodiscard]] std::vector<marker> markers_of_riff(const std::vector<chunk>& chunks, std::vector<std::string>& untold);

/// Has a chunk `cue ` announce as many points as it holds; returns how many more it announced.
std::size_t count_true_points(byte_string& cue);

/// Whether the 32 bits of a cue point reach so far.
[[nodiscard]] bool has_cue_point(const marker& point) noexcept;

/// The two chunks, or none without markers. Markers that have no cue point are not among them.
[[nodiscard]] std::vector<chunk> cue_chunks_of(const std::vector<marker>& markers);

void move_cue_points(byte_string& cue, const displacement& by);
void move_regions(byte_string& adtl, const displacement& by);

/// The loops of a sampler, chunk `smpl`, and the length of a sample in nanoseconds.
void move_loops(byte_string& smpl, const displacement& by);

}   // namespace command
