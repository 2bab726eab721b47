// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace command {

/// A text about a recording, named as in FLAC's Vorbis comments: TITLE, ARTIST, DATE ... A name may occur several times.
struct text_tag {
    std::string name, value;
};

/// A point or a stretch of a recording with its name.
struct marker {
    std::uint32_t id{};
    std::int64_t frame{};    ///< from 0
    std::int64_t frames{};   ///< of a stretch; 0 for a point
    std::string name{}, note{};
};

/// What a recording says of itself beside its sound, in a form that no container dictates. `chunks` are those that have no other form here:
/// they go over unchanged into a file of a kind that has them.
struct annotations {
    std::vector<text_tag> tags{};
    std::vector<marker> markers{};
    std::vector<chunk> chunks{};
};

/// What annotations become in a file of some kind.
struct stored_annotations {
    std::vector<chunk> chunks{};
    std::vector<std::string> left_out{};   ///< what that kind of file cannot hold, a few words each
};

[[nodiscard]] annotations annotations_of(const recording& about);

/// For the file of kind `to` that holds the processed sound of `about`.
[[nodiscard]] stored_annotations stored_in(container to, const recording& about, const annotations& all);

}   // namespace command
