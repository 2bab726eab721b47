// SPDX-License-Identifier: BSL-1.0
#include "audio/channel_levels.hpp"

#include "audio/row_measures.hpp"

#include <algorithm>
#include <cmath>

namespace command {

void channel_levels::operator()(std::span<const double> samples)
{
    true_peak_(samples);
    const double largest = measured(samples).largest;
    clipped_(samples, largest);
    peak_ = std::max(peak_, largest);
    for (const double sample : samples) {
        sum_ += sample;
        squares_ += static_cast<long double>(sample) * sample;
    }
    count_ += static_cast<std::int64_t>(samples.size());
}

double channel_levels::dc() const noexcept { return count_ > 0 ? static_cast<double>(sum_ / static_cast<long double>(count_)) : 0.0; }

double channel_levels::rms() const noexcept
{
    return count_ > 0 ? static_cast<double>(std::sqrt(squares_ / static_cast<long double>(count_))) : 0.0;
}

}   // namespace command
