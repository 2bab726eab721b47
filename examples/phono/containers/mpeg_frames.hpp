// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/decoder_input.hpp"

#include <optional>

namespace command {

/// Counts the frames of MPEG audio (MP3, MP2, MP1; ISO/IEC 11172-3, 13818-3, and MPEG 2.5) in a file on disk and compares them with what
/// the header of Xing, LAME or Fraunhofer in its first frame announces. Tags of other formats around and between the frames are stepped
/// over. Nothing where the file is of another kind, or of `free` bit rate, whose frames do not tell their lengths.
///
/// Without such a header decoders guess the length by the first frame's bit rate, and stop there. So where none is, or a wrong one, the
/// decoder is given one of ours that tells the frames that are there. Layers I and II have no such header: there `frames` must be compared
/// with what the decoder says.
///
/// `sound` is where the frames stand in a file of chunks; of others it is the whole.
[[nodiscard]] std::optional<decoder_input> examine_mpeg(byte_source& file, const std::optional<byte_range>& sound = std::nullopt);

}   // namespace command
