// SPDX-License-Identifier: BSL-1.0
#include "audio/signal_path.hpp"

#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace command {

signal_path::signal_path(const job& file, const transformation& what, const recording& about, workers& team)
    : in_{file.in}, rate_{about.sample_rate}, gain_{std::pow(10.0, what.gain_db / 20.0)}, team_{team}
{
    for (int c = 0; c < about.channels; ++c)
        channels_.push_back({what.make(about.sample_rate), {}, level_meter{what.true_peaks}, std::vector<double>(block_frames)});
    shared_ = channels_.size() > 1 && team_.count() > 1 && (what.true_peaks || channels_.front().path.tubes);
    early_ = latency();
}

std::span<const double> signal_path::operator()(std::span<double> interleaved)
{
    require_within_limit(interleaved);
    const auto frames = interleaved.size() / channels_.size();
    position_ += frames;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
        const auto samples = std::span{channels_[c].samples}.first(frames);
        for (std::size_t i = 0; i < frames; ++i) samples[i] = interleaved[i * channels_.size() + c];
        channels_[c].dc(samples);
    }
    return pass(interleaved);
}

std::span<const double> signal_path::flush(std::span<double> interleaved)
{
    for (auto& one : channels_) std::fill_n(one.samples.begin(), interleaved.size() / channels_.size(), 0.0);
    return pass(interleaved);
}

// The channels' samples are in place; what they become goes into the block.
std::span<const double> signal_path::pass(std::span<double> interleaved)
{
    const auto cut = std::min(early_, interleaved.size() / channels_.size());
    early_ -= cut;
    const auto task = [&](std::size_t c) { run(channels_[c], c, interleaved, cut); };
    if (shared_) {
        team_.each(channels_.size(), task);
    } else {
        for (std::size_t c = 0; c < channels_.size(); ++c) task(c);
    }
    return interleaved.subspan(cut * channels_.size());
}

void signal_path::run(channel& one, std::size_t which, std::span<double> interleaved, std::size_t cut)
{
    const auto frames = interleaved.size() / channels_.size();
    const auto samples = std::span{one.samples}.first(frames);
    one.path.run(samples);
    for (std::size_t i = 0; i < frames; ++i) interleaved[i * channels_.size() + which] = samples[i] *= gain_;
    one.level(samples.subspan(cut));
}

void signal_path::report(outcome& result) const
{
    for (const auto& one : channels_) {
        result.dc.push_back(one.dc.value());
        result.peaks.push_back(one.level.peak());
        if (const auto peak = one.level.true_peak()) result.true_peaks.push_back(*peak);
        if (one.path.tubes) result.tubes.push_back(*one.path.tubes);
    }
    result.level_db = channels_.front().path.level_db;
}

void signal_path::require_within_limit(std::span<const double> interleaved) const
{
    const auto& limit = channels_.front().path.limit;
    if (const auto bad = first_beyond(limit.most, interleaved, channels_.size(), position_, rate_))
        throw failure{in_.string() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) + ", more than the " +
                      brief(limit.most) + " that " + limit.of + " takes; " + limit.remedy};
}

}   // namespace command
