// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <phono/kernel/sample_range.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace command {

/// What one channel of a tube preamp, running at large signals, reports.
struct tube_facts {
    int oversampling{};                 ///< the circuit is computed at this many times the sample rate
    double accuracy_db{};               ///< of the small-signal magnitude, 20 Hz to 20 kHz
    std::function<long()> unsolved{};   ///< samples so far for which the tube solver failed to converge
};

/// The largest samples that a signal path takes, and who takes no larger ones.
struct sample_limit {
    double most = phono::largest_input<double>;
    std::string of = "phono";
    std::string remedy = "lower the recording's level first";   ///< what lets a larger one pass
};

/// One channel's signal path: works in place, keeps its state from block to block. Its output is finite for samples within the limit.
struct processor {
    std::function<void(std::span<double>)> run;
    std::size_t latency = 0;   ///< of the output, in whole samples; cut from the file again
    std::optional<tube_facts> tubes{};
    sample_limit limit{};
    std::vector<std::string> warnings{};   ///< what a user must know of the path, a sentence each
    double level_db = 0.0;   ///< the --gain that would do what it does to the level by itself; advice on --gain starts from there
};

/// Makes one channel's path for a sample rate in hertz; several threads may call it at once.
using make_processor = std::function<processor(double sample_rate_hz)>;

}   // namespace command
