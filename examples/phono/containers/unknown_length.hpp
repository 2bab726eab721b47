// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace command {

/// Whether a size of the sound says that its writer did not know it, because it wrote to a pipe. Such a writer puts the largest number that
/// it trusts: the largest of 31, 32, 63 or 64 bits, or that rounded down to a page (SoX: 2^31 - 2^12), to 64 KiB (GStreamer) or to 16 MiB
/// (SoX's AIFF), or a power of two itself (arecord: 2^31); for the whole file, so that the header in front of the sound is taken off, or
/// for the sound alone; and then rounds down to one of its frames.
///
/// Only these numbers are taken for it, not every large one: a recorder that begins a new file at 2 or 4 GiB announces a length of its own
/// just below them, and where its file is cut, that must be noticed. No number is taken for it where the file is as long as it says.
[[nodiscard]] bool means_unknown(std::uint64_t announced, std::uint64_t header_bytes, std::uint64_t frame_bytes) noexcept;

}   // namespace command
