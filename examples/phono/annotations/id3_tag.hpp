// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>
#include <vector>

namespace command {

/// An ID3v2 tag, chunk `id3 ` of WAV and `ID3 ` of AIFF, by TagLib. Its texts have the names that TagLib gives them in every container,
/// which are those of Vorbis comments.
struct id3_content {
    std::vector<text_tag> tags{};
    std::vector<byte_string> pictures{};   ///< as FLAC's PICTURE blocks
    std::vector<std::string> others{};     ///< the identifiers of frames that are neither: PRIV, GEOB ...
};

[[nodiscard]] id3_content content_of_id3(const byte_string& tag);

/// A tag with those texts and pictures and, where there was a tag before, its other frames.
[[nodiscard]] byte_string id3_tag_of(const std::optional<byte_string>& before, const std::vector<text_tag>& tags,
                                     const std::vector<byte_string>& pictures);

/// The ID3v1 tag that some programs put behind a file, 128 bytes, as the ID3v2 tag that would say the same; empty where it says nothing.
[[nodiscard]] byte_string id3v2_of_id3v1(const byte_string& tag);

/// Takes the figures about the old samples out (ReplayGain, RVA2, RGAD); returns whether there were any. Without them the tag stays as it
/// is.
bool forget_loudness_in_id3(byte_string& tag);

/// Appends a line to the tag's text CODING_HISTORY, which stands in files made of a broadcast description; without one the tag stays as it
/// is.
void add_history_to_id3(byte_string& tag, const std::string& line);

/// Moves the beginnings and ends of chapters (CHAP, in milliseconds), at frames of that rate in hertz; returns the identifiers of other
/// frames that count times (SYLT, ETCO), which stay. Without chapters the tag stays as it is.
std::vector<std::string> move_id3(byte_string& tag, int sample_rate, const displacement& by);

}   // namespace command
