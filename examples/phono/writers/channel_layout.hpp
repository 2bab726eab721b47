// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/bytes.hpp"

#include <cstdint>

namespace command {

/// The content of CAF's chunk `chan`, which AIFF has as `CHAN`: the loudspeakers of a mask of WAVEFORMATEXTENSIBLE, whose bits are the same
/// (Apple, Core Audio Format Specification 1.0).
[[nodiscard]] byte_string channel_layout(std::uint32_t speakers);

}   // namespace command
