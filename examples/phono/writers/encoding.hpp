// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/sample_format.hpp"

#include <bit>
#include <cstdint>
#include <span>

namespace command {

/// Samples as a file of that format and byte order has them; `out` has room for them. Integers come with the sample in the upper bits of
/// 32.
void store(std::span<const std::int32_t> samples, sample_format format, std::endian order, unsigned char* out);
void store(std::span<const double> samples, sample_format format, std::endian order, unsigned char* out);

}   // namespace command
