// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"

#include <cmath>
#include <span>
#include <vector>

namespace command {

/// What is found out of every sample of a row in one pass.
struct row_measures {
    double largest = 0.0;   ///< magnitude; what is not a number is passed over here
    double sum = 0.0;       ///< not a number, or infinite, if one of the samples is

    /// Whether every magnitude is at most so large. False as well where finite samples have an infinite sum.
    [[nodiscard]] bool is_within(double most) const noexcept { return largest <= most && std::isfinite(sum); }
};

/// The sum is one of sixteen partial ones: the same bits on every machine.
[[nodiscard]] row_measures measured(std::span<const double> row) noexcept;

/// Of each channel of a block.
[[nodiscard]] std::vector<row_measures> measured(const channel_spans& block);

}   // namespace command
