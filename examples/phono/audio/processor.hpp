// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

namespace command {

/// What one channel of a tube preamp, run at large signals, tells of itself.
struct tube_facts {
    int oversampling{};                 ///< times the sample rate that the circuit is computed at
    double accuracy_db{};               ///< of small signals, in magnitude, 20 Hz to 20 kHz
    std::function<long()> unsolved{};   ///< samples so far that no solution of the tubes' equations was found for
};

/// One channel's signal path: works in place, keeps its state from block to block.
struct processor {
    std::function<void(std::span<double>)> run;
    std::size_t latency = 0;   ///< whole samples by which the output is late; taken off the file again
    std::optional<tube_facts> tubes{};
};

/// Makes one channel's path for a sample rate in hertz.
using make_processor = std::function<processor(double sample_rate_hz)>;

}   // namespace command
