// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/sound_layout.hpp"

#include <functional>
#include <span>
#include <string_view>

namespace command {

/// The readers of each kind of header. They begin behind the file's first four characters (Wave64: 16 bytes), which have told the kind.
[[nodiscard]] sound_layout read_riff(byte_source& source, std::string_view first);
[[nodiscard]] sound_layout read_wave64(byte_source& source);
[[nodiscard]] sound_layout read_aiff(byte_source& source);
[[nodiscard]] sound_layout read_caf(byte_source& source);
[[nodiscard]] sound_layout read_flac(byte_source& source);

/// Reads a chunk that describes the sound, given its name and content; false for every other chunk.
using describe_sound = std::function<bool(std::string_view id, std::span<const unsigned char> content)>;

/// Reads the chunks in front of the sound and goes to the sound's content. `described` tells whether all that the sound needs is known: in
/// a file on disk what describes it may stand behind it. Returns the announced size of the sound's chunk.
std::uint64_t find_sound(byte_source& source, sound_layout& layout, const describe_sound& describe, const std::function<bool()>& described);

/// The content of the chunk 'fmt ' of WAV and Wave64, into `layout`.
void read_wave_format(const byte_source& source, std::span<const unsigned char> content, std::endian order, sound_layout& layout);

/// The loudspeakers of the chunk 'chan' of CAF, 'CHAN' of AIFF, as WAVEFORMATEXTENSIBLE has them; 0 where it names none that are known
/// there.
[[nodiscard]] std::uint32_t speakers_of_layout(std::span<const unsigned char> content) noexcept;

}   // namespace command
