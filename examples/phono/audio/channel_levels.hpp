// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/clipped_runs.hpp"
#include "audio/true_peak.hpp"

#include <cstdint>
#include <span>

namespace command {

/// What a channel's samples amount to. 1.0 is full scale: a sine that fills it has an RMS value of 0.707.
class channel_levels {
public:
    /// `full_scale` is the largest magnitude that both signs of the file's samples have: 1.0 - 2^-15 of 16 bits, 1.0 of floating point.
    explicit channel_levels(double full_scale) : clipped_{full_scale} {}

    /// The next samples of the channel.
    void operator()(std::span<const double> samples);

    [[nodiscard]] double dc() const noexcept;    ///< the mean; 0 without samples
    [[nodiscard]] double rms() const noexcept;   ///< with the DC; 0 without samples
    [[nodiscard]] double peak() const noexcept { return peak_; }
    [[nodiscard]] double true_peak() const { return true_peak_.value(); }
    [[nodiscard]] const clipped_runs& clipped() const noexcept { return clipped_; }

private:
    clipped_runs clipped_;
    command::true_peak true_peak_;
    long double sum_ = 0.0L;   // over millions of samples
    long double squares_ = 0.0L;
    double peak_ = 0.0;
    std::int64_t count_ = 0;
};

}   // namespace command
