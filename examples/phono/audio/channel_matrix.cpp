// SPDX-License-Identifier: BSL-1.0
#include "audio/channel_matrix.hpp"

#include "audio/dc_meter.hpp"
#include "support/failure.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

namespace command {

namespace {

std::string counted(std::size_t channels) { return std::to_string(channels) + (channels == 1 ? " channel" : " channels"); }

void require_channels(const channel_plan& plan, const std::filesystem::path& in, std::size_t channels)
{
    const auto needs = [&](const std::string& option, std::size_t wanted) {
        if (channels != wanted) throw failure{in.string() + ": has " + counted(channels) + ", but " + option + " needs " + counted(wanted)};
    };
    if (plan.swap) needs("--swap", 2);
    if (plan.mono && channels == 1 && *plan.mono == mono_of::vertical)
        throw failure{in.string() + ": has 1 channel, whose vertical motion is not in it; --mono vertical needs 2 channels"};
    if (is_mixed(plan, static_cast<int>(channels))) needs("--mono", 2);
    if (plan.balance) needs("--balance", 2);
    if (!plan.gains_db.empty()) needs("a gain for each of " + counted(plan.gains_db.size()), plan.gains_db.size());
}

}   // namespace

std::string_view name(mono_of mono) noexcept
{
    switch (mono) {
        case mono_of::lateral: return "lateral";
        case mono_of::vertical: return "vertical";
        case mono_of::left: return "left";
        case mono_of::right: return "right";
    }
    return {};
}

bool is_mixed(const channel_plan& plan, int channels) noexcept { return plan.mono && (channels != 1 || *plan.mono == mono_of::vertical); }

channel_matrix::channel_matrix(const channel_plan& plan, const std::filesystem::path& in, int channels, int sample_rate)
    : plan_{plan}, channels_{static_cast<std::size_t>(channels)}, is_mixed_{command::is_mixed(plan, channels)}
{
    require_channels(plan, in, channels_);
    for (const double decibels : plan.gains_db) factors_.push_back(std::pow(10.0, decibels / 20.0));
    if (plan.remove_dc) blocks_.assign(channels_, {phono::frequency{dc_corner}, phono::frequency{double(sample_rate)}});
}

channel_spans channel_matrix::operator()(channel_spans block)
{
    if (plan_.remove_dc) remove_dc(block);
    if (plan_.swap) std::swap(block[0], block[1]);
    for (std::size_t c = 0; c < factors_.size(); ++c)
        for (double& sample : block[c]) sample *= factors_[c];
    return is_mixed_ ? mixed(block) : block;
}

void channel_matrix::remove_dc(const channel_spans& block)
{
    if (resting_.empty()) {
        dc_meter first_block{channels_};
        first_block(measured(block), frames_of(block));
        resting_ = first_block.values();
    }
    for (std::size_t c = 0; c < channels_; ++c) {
        for (double& sample : block[c]) sample = blocks_[c](sample - resting_[c]);
        blocks_[c].settle();
    }
}

channel_spans channel_matrix::mixed(const channel_spans& block) const
{
    const auto left = block[0], right = block[1];
    switch (*plan_.mono) {
        case mono_of::left: return {left};
        case mono_of::right: return {right};
        case mono_of::lateral:
            for (std::size_t i = 0; i < left.size(); ++i) left[i] = 0.5 * (left[i] + right[i]);
            break;
        case mono_of::vertical:
            for (std::size_t i = 0; i < left.size(); ++i) left[i] = 0.5 * (left[i] - right[i]);
            break;
    }
    return {left};
}

}   // namespace command
