// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/transform.hpp"

#include <optional>
#include <string>

namespace command {

/// How an output that exists, and is kept, differs from what this run would make of its input, by the note that phono left in it: `made with
/// RIAA (3180/318/75 us), gain +6.13 dB; --overwrite makes it again`. Nothing where it says the same.
[[nodiscard]] std::optional<std::string> difference_of_kept(const job& file, const transformation& what);

/// The gain in decibels that an output says it was made with; 0 where it says none.
[[nodiscard]] double gain_of_kept(const job& file);

}   // namespace command
