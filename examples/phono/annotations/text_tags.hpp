// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace command {

/// Texts of a file that stand in several places: LIST/INFO and ID3, comments and a tag in front of them.

/// Adds the texts of one source - a chunk, a tag - as far as another has not told them, and leaves out the figures about the old samples.
/// Several notes of phono in a comment become a comment each. A comment is told by another source as often as it stands there: a curve that
/// was applied, removed and applied is three notes, the first like the last.
void add_tags(annotations& all, const std::vector<text_tag>& tags);

/// Of a tag beside a better one, which says the same, often cut (ID3v1 has 30 characters for a title): the texts under names that `known`
/// has not. Of the others those that differ are named in `left_out`, as `ID3v1 TITLE` of that kind.
[[nodiscard]] std::vector<text_tag> under_new_names(const std::vector<text_tag>& known, const std::vector<text_tag>& further,
                                                    const std::string& kind, std::vector<std::string>& left_out);

/// The values of all tags of a name, separated by semicolons.
[[nodiscard]] std::string joined(const std::vector<text_tag>& tags, std::string_view name);

}   // namespace command
