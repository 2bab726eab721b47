// SPDX-License-Identifier: BSL-1.0
#include "audio/level_meter.hpp"

#include <algorithm>
#include <cmath>

namespace command {

level_meter::level_meter(std::size_t channels, bool with_true_peaks, workers& team)
    : channels_(channels), with_true_peaks_{with_true_peaks}, team_{team}
{
}

void level_meter::operator()(std::span<const double> interleaved)
{
    const auto task = [&](std::size_t c) { measure(c, interleaved); };
    if (with_true_peaks_) return team_.each(channels_.size(), task);
    for (std::size_t c = 0; c < channels_.size(); ++c) task(c);
}

void level_meter::measure(std::size_t which, std::span<const double> interleaved)
{
    auto& one = channels_[which];
    double peak = one.peak;
    for (std::size_t i = which; i < interleaved.size(); i += channels_.size()) peak = std::max(peak, std::abs(interleaved[i]));
    one.peak = peak;
    if (!with_true_peaks_) return;
    one.samples.resize(interleaved.size() / channels_.size());
    for (std::size_t i = 0; i < one.samples.size(); ++i) one.samples[i] = interleaved[i * channels_.size() + which];
    one.true_peak(one.samples);
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
