// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/byte_output.hpp"
#include "writers/sound_description.hpp"
#include "writers/sound_writer.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace command {

/// Begins the file. `frames` is what the caller expects, if it knows; a WAV that is not known to fit into 32 bits keeps room to become
/// RF64.
[[nodiscard]] std::unique_ptr<sound_writer> make_writer(container kind, byte_output& out, const sound_description& about,
                                                        std::optional<std::int64_t> frames, bool stream);

}   // namespace command
