// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace command {

/// One channel's signal path: works in place, keeps its state from block to block.
struct processor {
    std::function<void(std::span<double>)> run;
    std::size_t latency = 0;   ///< whole samples by which the output is late; taken off the file again
};

/// Makes one channel's path for a sample rate in hertz.
using make_processor = std::function<processor(double sample_rate_hz)>;

}   // namespace command
