// SPDX-License-Identifier: BSL-1.0
#include "audio/channel_levels.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace command {

void channel_levels::operator()(std::span<const double> samples)
{
    constexpr std::int64_t shortest = 3;
    true_peak_(samples);
    for (const double sample : samples) {
        sum_ += sample;
        squares_ += static_cast<long double>(sample) * sample;
        peak_ = std::max(peak_, std::abs(sample));
        const int sign = sample >= full_scale_ ? 1 : sample <= -full_scale_ ? -1 : 0;
        run_ = sign == 0 ? 0 : run_ * sign > 0 ? run_ + sign : sign;
        const auto length = std::abs(run_);
        if (length == shortest) ++runs_;
        if (length >= shortest) longest_ = std::max(longest_, length);
    }
    count_ += static_cast<std::int64_t>(samples.size());
}

double channel_levels::dc() const noexcept { return count_ > 0 ? static_cast<double>(sum_ / static_cast<long double>(count_)) : 0.0; }

double channel_levels::rms() const noexcept
{
    return count_ > 0 ? static_cast<double>(std::sqrt(squares_ / static_cast<long double>(count_))) : 0.0;
}

}   // namespace command
