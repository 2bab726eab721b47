// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace command {

/// Frames that are read at once, and that threads share: a fraction of a second. Blocks are whole up to the last, from a file as from a
/// pipe.
inline constexpr std::size_t block_frames = 16'384;

/// Frames that are processed at once where a sample takes so little time that it must not leave the processor's nearest cache.
inline constexpr std::size_t short_block_frames = 1'024;

}   // namespace command
