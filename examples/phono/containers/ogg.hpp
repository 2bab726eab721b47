// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/decoder_input.hpp"

#include <optional>

namespace command {

/// Walks through the pages of an Ogg file on disk (RFC 3533) and checks that they are one stream from its first page to its last, without
/// one missing or differing from its checksum; decoders pass over such pages, and stop at a second stream. Of several streams one behind
/// the other the decoder is given the first. Nothing where the file is of another kind.
[[nodiscard]] std::optional<decoder_input> examine_ogg(byte_source& file);

}   // namespace command
