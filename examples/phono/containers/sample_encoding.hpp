// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/sample_format.hpp"
#include "support/bytes.hpp"

namespace command {

enum class number_kind { signed_integer, unsigned_integer, floating };

/// How a file stores a sample that no decoder needs to be asked for.
struct sample_encoding {
    number_kind kind = number_kind::signed_integer;
    int bytes{};        ///< that a sample takes
    int valid_bits{};   ///< those that carry sound, at the upper end of the bytes, as the formats have it; `alignment` asks the samples
    std::endian order = std::endian::little;

    friend bool operator==(const sample_encoding&, const sample_encoding&) = default;
};

/// Whether there is such an encoding: integers of one to four bytes, floating point of four or eight.
[[nodiscard]] constexpr bool is_possible(const sample_encoding& x) noexcept
{
    if (x.kind == number_kind::floating) return x.bytes == 4 || x.bytes == 8;
    return x.bytes >= 1 && x.bytes <= 4 && x.valid_bits >= 1 && x.valid_bits <= 8 * x.bytes;
}

/// The nearest of ours that loses nothing.
[[nodiscard]] constexpr sample_format nearest_format(const sample_encoding& x) noexcept
{
    if (x.kind == number_kind::floating) return x.bytes == 8 ? sample_format::float64 : sample_format::float32;
    return x.valid_bits <= 16 ? sample_format::pcm16 : x.valid_bits <= 24 ? sample_format::pcm24 : sample_format::pcm32;
}

}   // namespace command
