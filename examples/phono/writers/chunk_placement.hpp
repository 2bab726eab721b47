// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace command {

/// Whether WAV and its relatives have a chunk of that name before the sound; those of the broadcasters must be found without reading all.
[[nodiscard]] bool stands_before_sound(std::string_view id) noexcept;

/// Whether a chunk describes the sound itself: the writers make those, and leave out others' that would contradict.
[[nodiscard]] bool describes_sound(std::string_view id) noexcept;

}   // namespace command
