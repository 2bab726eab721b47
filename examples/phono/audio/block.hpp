// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace command {

/// Frames that are read and processed at once: a fraction of a second, within a processor's cache. Blocks are whole up to the last, from a
/// file as from a pipe.
inline constexpr std::size_t block_frames = 16'384;

}   // namespace command
