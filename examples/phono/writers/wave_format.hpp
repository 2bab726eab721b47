// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/bytes.hpp"
#include "writers/sound_description.hpp"

namespace command {

/// The contents of the fmt chunk of WAV, RF64 and Wave64: WAVEFORMATEXTENSIBLE, or the shorter forms that every program reads.
[[nodiscard]] byte_string wave_format(const sound_description& about, bool extensible);

}   // namespace command
