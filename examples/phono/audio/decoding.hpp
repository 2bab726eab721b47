// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"
#include "containers/sample_encoding.hpp"

#include <optional>
#include <span>

namespace command {

/// Frames as a file stores them to doubles with full scale at 1.0: exact for every encoding. There are as many bytes as the samples take.
void decode(std::span<const unsigned char> bytes, const sample_encoding& encoding, const channel_spans& channels) noexcept;

/// At which end of its bytes a sample stands that is shorter than they are.
enum class alignment { upper, lower };

/// What these samples tell of integers of three bytes in four: those of which the lowest byte is used, and the highest repeats the sign or
/// is always zero, stand at the lower end, against the standard: `arecord -f S24_LE` of alsa-utils 1.2.8 writes them so. Nothing where they
/// may stand at either.
[[nodiscard]] std::optional<alignment> alignment_of(std::span<const unsigned char> bytes, std::endian order) noexcept;

/// Decoded samples of three bytes that stand at the lower end of four, to full scale.
void raise_from_lower(std::span<double> samples) noexcept;

}   // namespace command
