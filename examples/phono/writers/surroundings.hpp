// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/bytes.hpp"
#include "writers/sound_description.hpp"

#include <cstdint>
#include <optional>

namespace command {

/// What stands around the samples of a file. `before` has the same length for every number of frames, so that it can be written again when
/// the number is known.
struct surroundings {
    byte_string before, behind;
};

/// How a RIFF file copes with 4 GiB and more: a plain WAV cannot; `growing` is a WAV with a JUNK chunk in front, which becomes the ds64
/// chunk of an RF64 file when 32 bits do not suffice (EBU Tech 3306); `rf64` is RF64 from the first. A `stream` is plain, and begun without
/// knowing whether anybody can go back: where its sizes do not fit into 32 bits they stay unknown.
enum class riff_form { plain, growing, rf64, stream };

/// WAV and RF64. The chunks bext, iXML, cart, axml, chna, umid and JUNK stand before the sound, all others behind it; in a stream, whose
/// sizes are all ones while the number of frames is unknown, all before it.
[[nodiscard]] surroundings riff_surroundings(const sound_description& about, riff_form form, std::optional<std::uint64_t> frames);

/// Sony's Wave64, GUIDs made of the chunks' ids. All chunks stand before the sound.
[[nodiscard]] surroundings wave64_surroundings(const sound_description& about, std::uint64_t frames);

/// AIFF for integers, AIFF-C for floating point. All chunks stand before the sound.
[[nodiscard]] surroundings aiff_surroundings(const sound_description& about, std::uint64_t frames);

/// Apple's Core Audio Format. All chunks stand before the sound, whose size may be unknown.
[[nodiscard]] surroundings caf_surroundings(const sound_description& about, std::optional<std::uint64_t> frames);

/// The most that 32 bits can say; all ones mean "unknown" or "see elsewhere" in the headers of sound files.
inline constexpr std::uint64_t most_in_32_bits = 0xffff'fffe;

/// How many frames a plain WAV or an AIFF file has room for beside its chunks; a little less than the last byte.
[[nodiscard]] std::uint64_t most_frames_in_32_bits(const sound_description& about) noexcept;

}   // namespace command
