// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

#include <optional>
#include <string>

namespace command {

/// What a run did to a recording's equalisation.
enum class curve_effect {
    none,      ///< levels and the like
    applied,   ///< the playback curve is in the sound now
    removed    ///< an applied one was undone, or the sound was pre-emphasised for cutting
};

/// What the output says of the run that made it. There is no date in it: the same input gives the same file.
struct processing_note {
    curve_effect effect = curve_effect::none;
    std::string curve{};    ///< its title
    std::string undone{};   ///< the title of another one that was taken off first
    std::string words{};    ///< whatever else was done, as `gain -3.00 dB`
};

/// Whether there is nothing to say: neither the equalisation nor anything else was changed.
[[nodiscard]] bool is_empty(const processing_note& note) noexcept;

/// `phono 0.2.0; playback curve RIAA (3180/318/75 us) applied; gain -3.00 dB`.
[[nodiscard]] std::string text_of(const processing_note& note);

/// The last note of phono's among the texts, as text_of wrote it; nothing where there is none.
[[nodiscard]] std::optional<std::string> last_note(const annotations& all);

/// The note as a further comment (LIST/INFO's ICMT, AIFF's ANNO, the Vorbis comment COMMENT), and as a line of the coding history where the
/// recording has a broadcast description. `rate`, `channels` and `format` are those of the output.
[[nodiscard]] annotations with_note(annotations all, const processing_note& note, int rate, int channels, sample_format format);

}   // namespace command
