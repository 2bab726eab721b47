// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace command {

/// A line on the error stream - part done, files done, speed as a multiple of real time, time left - redrawn a few times a second and wiped
/// at the end. Silent where the error stream is not a terminal. Several threads may use it.
class progress {
public:
    /// The work of so many files in any unit; nothing where it is not known.
    progress(std::size_t files, std::optional<double> work);
    ~progress();

    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    /// So much work and so many seconds of sound have been done since the last call.
    void advance(double work, double seconds_of_sound);
    void end_file();

    /// Prints a line that stays, above the progress line.
    void print(std::ostream& out, std::string_view line);

private:
    using steady = std::chrono::steady_clock;

    [[nodiscard]] std::string text(double elapsed_seconds) const;
    void wipe();

    std::size_t files_;
    std::optional<double> work_;
    bool terminal_;
    std::mutex mutex_;
    std::size_t files_done_ = 0;
    double done_ = 0.0;
    double seconds_of_sound_ = 0.0;
    bool drawn_ = false;
    steady::time_point begin_ = steady::now();
    steady::time_point last_ = begin_;
};

}   // namespace command
