// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>

namespace command {

/// Triangular dither in parts of a step, of which 65536 are one, for the samples of a channel from the given one on: the sum of two uniform numbers, which are the
/// halves of a word of `threefry`. Sample n takes word n % 2 of counter n / 2 with the channel's number as key: a sample has the same
/// dither wherever a block begins, whichever thread runs it, on every machine.
///
/// It is from -65535 to 65535, one step each way. Parts so small leave the mean error free of the signal within 2^-17 step.
void triangular_dither(std::uint32_t channel, std::uint64_t first_sample, std::span<std::int32_t> parts) noexcept;

}   // namespace command
