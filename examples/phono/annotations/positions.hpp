// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

namespace command {

/// Positions in chunks of which no marker is made.

/// The eight timers of a radio's cart, chunk `cart`: frames from the beginning (AES46-2002, 4.2). One without a usage is none.
void move_timers(byte_string& cart, const displacement& by);

/// The lengths in a play list, chunk `plst`, frames each (Microsoft, Multimedia Programming Interface and Data Specifications 1.0).
void move_play_list(byte_string& plst, const displacement& by);

/// Whether a chunk counts positions or lengths that nothing here moves: points of synchronisation in iXML and all of one in UTF-16, markers
/// and durations of XMP, times in the description of objects (`axml`).
[[nodiscard]] bool has_fixed_positions(const chunk& some);

}   // namespace command
