// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

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

/// A name in capitals and its value; the name is empty where the text has no `=`.
[[nodiscard]] text_tag tag_of(std::string_view text);

/// `NAME=value`, the name in the characters that RFC 9639 allows.
[[nodiscard]] std::string comment_of(const text_tag& tag);

}   // namespace command
