// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "annotations/annotations.hpp"

namespace command {

/// The chunk `iXML` (Gallery Software, iXML specification 3): a text, of which only what would no longer be true is changed.

/// Takes the element LOUDNESS out; returns whether there was one.
bool forget_loudness_in_ixml(byte_string& ixml);

/// The samples since midnight and the rates that they are counted in.
void move_ixml(byte_string& ixml, const displacement& by);

/// The sample rate in hertz and the bits of a sample, where the text has them.
void set_format_in_ixml(byte_string& ixml, int rate, sample_format format);

}   // namespace command
