// SPDX-License-Identifier: BSL-1.0
#include "audio/signal_path.hpp"

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
    for (int c = 0; c < about.channels; ++c) paths_.push_back(what.make(about.sample_rate));
    early_ = latency();
}

channel_spans signal_path::operator()(const channel_spans& block, const std::vector<row_measures>& channels)
{
    require_within_limit(block, channels);
    const auto run = [&](std::size_t c) {
        paths_[c].run(block[c]);
        if (gain_ != 1.0)
            for (double& sample : block[c]) sample *= gain_;
    };
    if (has_tubes()) {
        team_.each(paths_.size(), run);
    } else {
        for (std::size_t c = 0; c < paths_.size(); ++c) run(c);
    }
    const auto frames = frames_of(block);
    position_ += frames;
    const auto cut = std::min(early_, frames);
    early_ -= cut;
    return part_of(block, cut);
}

std::vector<tube_facts> signal_path::tubes() const
{
    std::vector<tube_facts> all;
    for (const auto& one : paths_)
        if (one.tubes) all.push_back(*one.tubes);
    return all;
}

void signal_path::require_within_limit(const channel_spans& block, const std::vector<row_measures>& channels) const
{
    const auto& limit = paths_.front().limit;
    if (const auto bad = first_beyond(limit.most, block, channels, position_, rate_))
        throw failure{in_.string() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) + ", more than the " +
                      brief(limit.most) + " that " + limit.of + " takes; " + limit.remedy};
}

}   // namespace command
