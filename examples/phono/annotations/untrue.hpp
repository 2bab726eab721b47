// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace command {

/// What describes the samples themselves and is wrong of any others.

/// A text tag of that name: REPLAYGAIN_..., R128_..., MP3GAIN_..., MD5 and the like. Any case.
[[nodiscard]] bool is_untrue_tag(const std::string& name);
/// Such tags in words: REPLAYGAIN figures for REPLAYGAIN_TRACK_GAIN.
[[nodiscard]] std::string figures_of(const std::string& untrue_tag);

/// A chunk of RIFF, AIFF or CAF whose figures a user may have wanted: levels (`levl`), checksums (`MD5 `), Dolby's loudness (`dbmd`),
/// sample positions in bytes (`r64m`), tempo maps that say how long the sound is (`acid`, `strc`).
[[nodiscard]] bool is_untrue_chunk(const std::string& id);

/// A part of the file that is made anew with every file and carries nothing of the recording's: its format, sizes, padding, peaks and
/// overviews for drawing, seek tables.
[[nodiscard]] bool is_made_anew(const std::string& id);

}   // namespace command
