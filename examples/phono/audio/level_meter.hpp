// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/true_peak.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace command {

/// The largest sample of one channel, and its true peak on request: that takes longer than most filters.
class level_meter {
public:
    explicit level_meter(bool with_true_peak) : true_peak_{with_true_peak ? std::optional<command::true_peak>{std::in_place} : std::nullopt}
    {
    }

    /// The next samples of the channel.
    void operator()(std::span<const double> samples)
    {
        for (const double sample : samples) peak_ = std::max(peak_, std::abs(sample));
        if (true_peak_) (*true_peak_)(samples);
    }

    /// Magnitudes; 1.0 is full scale.
    [[nodiscard]] double peak() const noexcept { return peak_; }
    [[nodiscard]] std::optional<double> true_peak() const { return true_peak_ ? std::optional{true_peak_->value()} : std::nullopt; }

private:
    double peak_ = 0.0;
    std::optional<command::true_peak> true_peak_;
};

}   // namespace command
