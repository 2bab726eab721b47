// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "containers/byte_source.hpp"

namespace command {

/// Whether a file on disk is an Ogg stream whose last page is missing or cut. Where the source is, it does not tell.
[[nodiscard]] bool ogg_is_cut(byte_source& file);

}   // namespace command
