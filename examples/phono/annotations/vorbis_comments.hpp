// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace command {

/// FLAC's block VORBIS_COMMENT (RFC 9639, 8.6): a vendor, and texts `NAME=value` in their order.
struct vorbis_comments {
    std::string vendor{};
    std::vector<std::string> texts{};   ///< as they stand, also where one has no `=`
};

/// Whatever of a block can be read; a text that would reach beyond the block ends it.
[[nodiscard]] vorbis_comments comments_of(const byte_string& block);
[[nodiscard]] byte_string block_of(const vorbis_comments& comments);

/// The loudspeakers of a FLAC's channels where its comments name others than its format takes for granted: the mask of
/// WAVEFORMATEXTENSIBLE in WAVEFORMATEXTENSIBLE_CHANNEL_MASK (RFC 9639, 8.6.2). Nothing where they do not, or not one for each channel.
[[nodiscard]] std::optional<std::uint32_t> speakers_of_comments(const std::vector<chunk>& blocks, int channels);
inline constexpr std::string_view channel_mask_name = "WAVEFORMATEXTENSIBLE_CHANNEL_MASK";

/// A name in capitals and its value; the name is empty where the text has no `=`.
[[nodiscard]] text_tag tag_of(std::string_view text);

/// `NAME=value`, the name in the characters that RFC 9639 allows.
[[nodiscard]] std::string comment_of(const text_tag& tag);

}   // namespace command
