// SPDX-License-Identifier: BSL-1.0
#include "audio/level_meter.hpp"

#include <algorithm>

namespace command {

level_meter::level_meter(std::size_t channels, bool with_true_peaks, workers& team)
    : channels_(channels), with_true_peaks_{with_true_peaks}, team_{team}
{
}

void level_meter::operator()(const channel_spans& block, const std::vector<row_measures>& channels)
{
    for (std::size_t c = 0; c < channels_.size(); ++c) channels_[c].peak = std::max(channels_[c].peak, channels[c].largest);
    if (with_true_peaks_) team_.each(channels_.size(), [&](std::size_t c) { channels_[c].true_peak(block[c]); });
}

std::vector<double> level_meter::peaks() const
{
    std::vector<double> all;
    for (const auto& one : channels_) all.push_back(one.peak);
    return all;
}

std::vector<double> level_meter::true_peaks() const
{
    std::vector<double> all;
    if (with_true_peaks_)
        for (const auto& one : channels_) all.push_back(one.true_peak.value());
    return all;
}

}   // namespace command
