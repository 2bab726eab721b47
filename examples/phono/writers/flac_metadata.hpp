// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/chunk.hpp"
#include "support/bytes.hpp"

#include <FLAC/format.h>

#include <cstdint>
#include <vector>

namespace command {

/// Where the contents of STREAMINFO stand in a FLAC file: behind the mark and the block's header.
inline constexpr std::uint64_t flac_stream_info_position = 8;

/// All in front of the frames: the mark, STREAMINFO, and `chunks` as blocks in their order. SEEKTABLE and PADDING are left out, because
/// they describe another file; other names than FLAC's, or a block of 16 MiB, are a fault of the caller.
[[nodiscard]] byte_string flac_metadata(const FLAC__StreamMetadata_StreamInfo& info, const std::vector<chunk>& chunks);

/// The contents of STREAMINFO.
[[nodiscard]] byte_string flac_stream_info(const FLAC__StreamMetadata_StreamInfo& info);

}   // namespace command
