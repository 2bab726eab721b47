// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <filesystem>
#include <string_view>

namespace command {

/// How one sample is stored.
enum class sample_format { pcm16, pcm24, pcm32, float32, float64 };

/// The container of a file; chosen by the file's extension. AIFF stands for AIFF-C too, which holds its floating-point samples.
enum class container { wav, rf64, wave64, flac, aiff, caf };

/// The names that `--format` takes: `pcm16`, `pcm24`, `pcm32`, `float`, `double`.
[[nodiscard]] std::string_view name(sample_format format) noexcept;
[[nodiscard]] sample_format parse_sample_format(std::string_view text);

[[nodiscard]] bool is_integer(sample_format format) noexcept;
[[nodiscard]] int bits(sample_format format) noexcept;
/// The largest magnitude that both signs of its samples have, where clipping leaves them: 1.0 - 2^-15 of 16 bits, 1.0 of floating point.
[[nodiscard]] double full_scale_of(sample_format format) noexcept;

/// `.wav`, `.rf64`, `.w64`, `.flac`, `.aif`, `.aiff` or `.caf`, in any case, and the other names of WAV and AIFF: `.wave`, `.bwf`, `.aifc`;
/// anything else is a failure. A stream - `-`, a FIFO - is WAV
/// unless its name ends in one of them.
[[nodiscard]] container container_of(const std::filesystem::path& file);

/// Whether that container can store that format.
[[nodiscard]] bool holds(container kind, sample_format format) noexcept;

}   // namespace command
