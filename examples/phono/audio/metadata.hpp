// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sndfile.h>

namespace command {

/// Copies what a recording says about itself - title, artist, comment and the other tags, broadcast-wave description,
/// track markers, loudspeaker positions - as far as the new file's container takes it. Call before the first sample is
/// written: most containers keep these in front.
void copy_metadata(SNDFILE* from, SNDFILE* to, int channels);

}   // namespace command
