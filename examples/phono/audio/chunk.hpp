// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

namespace command {

/// What stands in a sound file beside its sound and its format: a chunk of WAV, RF64, BW64, Wave64, AIFF, AIFF-C or CAF, or a metadata
/// block of FLAC. Byte for byte as the file has it.
struct chunk {
    std::string id;                     ///< of a chunk its four characters, as "bext"; of a FLAC block its name, as "VORBIS_COMMENT"
    std::vector<unsigned char> bytes;   ///< its content, without id, size and padding
};

}   // namespace command
