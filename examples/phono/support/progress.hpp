// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace command {

/// A line on the error stream - part done, speed as a multiple of real time, time left - redrawn a few times a second and
/// wiped at the end. Silent where the error stream is not a terminal.
class progress {
public:
    progress(std::optional<std::int64_t> frames, int sample_rate);
    ~progress();

    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    void at(std::int64_t frame);

private:
    using steady = std::chrono::steady_clock;

    void draw(std::int64_t frame, double elapsed_seconds);

    std::optional<std::int64_t> frames_;
    int sample_rate_;
    bool terminal_;
    bool drawn_ = false;
    steady::time_point begin_ = steady::now();
    steady::time_point last_ = begin_;
};

}   // namespace command
