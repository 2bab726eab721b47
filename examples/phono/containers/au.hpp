// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/decoder_input.hpp"

#include <optional>

namespace command {

/// Compares the length in the header of AU (SND; of Sun and NeXT, in either byte order) with what stands behind it in a file on disk. Where
/// the header does not know the length, or tells a wrong one, the decoder is given one that reaches to the end. Nothing where the file is
/// of another kind.
[[nodiscard]] std::optional<decoder_input> examine_au(byte_source& file);

}   // namespace command
