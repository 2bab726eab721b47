// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/processing_note.hpp"
#include "filters/filter.hpp"

#include <string>

namespace command {

/// A replay curve and what is to be done with it, as the command line has them.
struct equalisation {
    std::string curve{};        ///< as parse_curve takes it
    std::string undo{};         ///< a curve that was applied at the transfer and is to be taken off first; empty for none
    std::string speed{};        ///< the disc's speed over that of the transfer, as parse_speed takes it
    std::string undo_speed{};   ///< the speed that the recording has now over that at which the undone curve was applied
    bool inverse = false;       ///< cut instead of play
    bool absolute = false;      ///< as the time constants give it, not brought to 0 dB at 1 kHz
};

/// The filter that does it. A disc transferred at half its speed has all its frequencies halved, so the time constants are
/// doubled, and 0 dB stands at the record's 1 kHz. The undone curve is not scaled with it, since that equaliser ran at the transfer; if the
/// recording was brought to twice that speed since, its time constants are halved.
[[nodiscard]] filter make_equaliser(const equalisation& wanted);

/// What the output says of it. A flat curve, as that of acoustic recordings, changes nothing; undoing one for a flat one takes it off.
[[nodiscard]] processing_note note_of(const equalisation& wanted);

/// What of the undone curve is not undone, as a sentence: the high-pass of an IEC curve; empty where all of it is.
[[nodiscard]] std::string what_stays(const equalisation& wanted);

/// Why a --speed makes no difference to the sound, as a sentence; empty where it makes one.
[[nodiscard]] std::string idle_speed(const equalisation& wanted);

}   // namespace command
