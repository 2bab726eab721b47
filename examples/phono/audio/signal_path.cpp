// SPDX-License-Identifier: BSL-1.0
#include "audio/signal_path.hpp"

#include "audio/block.hpp"
#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace command {

signal_path::signal_path(const job& file, const transformation& what, const recording& about, workers& team)
    : in_{file.in}, rate_{about.sample_rate}, gain_{std::pow(10.0, what.gain_db / 20.0)}, team_{team}
{
    for (int c = 0; c < about.channels; ++c) channels_.push_back({what.make(about.sample_rate), std::vector<double>(block_frames)});
    early_ = latency();
}

std::span<double> signal_path::operator()(std::span<double> interleaved)
{
    require_within_limit(interleaved);
    const auto task = [&](std::size_t c) { run(c, interleaved); };
    if (channels_.front().path.tubes) {
        team_.each(channels_.size(), task);
    } else {
        for (std::size_t c = 0; c < channels_.size(); ++c) task(c);
    }
    const auto frames = interleaved.size() / channels_.size();
    position_ += frames;
    const auto cut = std::min(early_, frames);
    early_ -= cut;
    return interleaved.subspan(cut * channels_.size());
}

void signal_path::run(std::size_t which, std::span<double> interleaved)
{
    const auto channels = channels_.size();
    const auto samples = std::span{channels_[which].samples}.first(interleaved.size() / channels);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = interleaved[i * channels + which];
    channels_[which].path.run(samples);
    for (std::size_t i = 0; i < samples.size(); ++i) interleaved[i * channels + which] = samples[i] * gain_;
}

std::vector<tube_facts> signal_path::tubes() const
{
    std::vector<tube_facts> all;
    for (const auto& one : channels_)
        if (one.path.tubes) all.push_back(*one.path.tubes);
    return all;
}

void signal_path::require_within_limit(std::span<const double> interleaved) const
{
    const auto& limit = channels_.front().path.limit;
    if (const auto bad = first_beyond(limit.most, interleaved, channels_.size(), position_, rate_))
        throw failure{in_.string() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) + ", more than the " +
                      brief(limit.most) + " that " + limit.of + " takes; " + limit.remedy};
}

}   // namespace command
