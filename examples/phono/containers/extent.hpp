// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/sound_layout.hpp"
#include "containers/tail.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace command {

/// How far the sound of a file on disk reaches.
struct extent {
    std::uint64_t bytes{};                    ///< of sound, from where the layout says that it begins
    std::vector<placed_chunk> behind{};       ///< the chunks and tags after it
    std::vector<std::string> assumptions{};   ///< what `recover` had to assume, a sentence each
};

/// Compares what the header announces with what the file holds and with what stands behind the sound.
///
/// The file is whole where the sound, as long as one of the header's fields says, is followed by chunks to the end of the file, by tags of
/// other formats, by a little padding or by nothing. It is whole, too, where the header says that the length was not known
/// (`means_unknown`): the sound then reaches to the end, or to the chunks that stand there. Every other file is a failure that tells both
/// lengths; with `recover`, all that may be sound is taken and what was assumed is said.
[[nodiscard]] extent extent_on_disk(byte_source& file, const sound_layout& layout, bool recover);

/// Bytes of sound with the time that they take: `1764000 bytes (10.000 s)`.
[[nodiscard]] std::string amount(const sound_layout& layout, std::uint64_t bytes);

/// A time as long as it needs to be: `10.000 s`, `6:45:52`.
[[nodiscard]] std::string time_words(double seconds);

}   // namespace command
