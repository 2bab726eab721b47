// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>

namespace command {

/// Triangular dither in steps, -1 to 1, for the samples of a channel from the given one on: the sum of two uniform numbers, which are the
/// halves of a word of `threefry`. Sample n takes word n % 2 of counter n / 2 with the channel's number as key: a sample has the same
/// dither wherever a block begins, whichever thread runs it, on every machine.
///
/// The uniform numbers are whole multiples of 2^-16 step, so that the mean error is free of the signal within 2^-17 step.
void triangular_dither(std::uint32_t channel, std::uint64_t first_sample, std::span<double> steps) noexcept;

}   // namespace command
