// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "writers/bytes.hpp"
#include "writers/sound_description.hpp"

#include <string_view>

namespace command {

/// The contents of the fmt chunk of WAV, RF64 and Wave64: WAVEFORMATEXTENSIBLE, or the shorter forms that every program reads.
[[nodiscard]] bytes wave_format(const sound_description& about, bool extensible);

/// Whether WAV and its relatives have a chunk of that name before the sound; those of the broadcasters must be found without reading all.
[[nodiscard]] bool stands_before_sound(std::string_view id) noexcept;

/// Whether a chunk describes the sound itself: the writers make those, and leave out others' that would contradict.
[[nodiscard]] bool describes_sound(std::string_view id) noexcept;

}   // namespace command
