// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <filesystem>

namespace command {

/// Adds what TagLib finds in a file of which else only the sound is read, Ogg or MP3: an ID3v2 tag as the chunk that WAV has of it; of Xiph
/// comments the texts, the pictures and, from CHAPTER001 on, the markers; of an APE tag and an ID3v1 tag the texts under names that the
/// others do not have. What is not among these is named in `left_out`. A file that cannot be read adds nothing.
void add_tags_of_file(annotations& all, const std::filesystem::path& file);

}   // namespace command
