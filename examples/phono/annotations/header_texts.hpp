// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <filesystem>

namespace command {

/// Adds the texts in a header that is made of text besides numbers: the annotation of AU, of which ffmpeg makes lines `title=...` and SoX a
/// comment, and the fields of NIST SPHERE beside those that describe the samples. A file of another kind adds nothing.
void add_texts_of_header(annotations& all, const std::filesystem::path& file);

}   // namespace command
