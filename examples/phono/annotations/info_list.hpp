// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <string>
#include <vector>

namespace command {

/// The texts of a RIFF file, chunk `LIST` of type `INFO` (Microsoft, Multimedia Programming Interface and Data Specifications 1.0). As tags
/// they have the names of Vorbis comments, INAM being TITLE; a field that has no such name keeps its own.

[[nodiscard]] bool is_info_list(const chunk& some);
[[nodiscard]] std::vector<text_tag> tags_of_info(const byte_string& list);

/// Whether the list has a field for tags of that name.
[[nodiscard]] bool has_info_field(const std::string& name);

/// A list of the tags that it has fields for; several of one name stand in one field, separated by semicolons, as the specification has it.
[[nodiscard]] byte_string info_list_of(const std::vector<text_tag>& tags);

/// Appends a text to the comment of a list, which is made where there is none.
void add_comment(byte_string& list, const std::string& text);

}   // namespace command
