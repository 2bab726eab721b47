// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/processor.hpp"
#include "support/failure.hpp"

#include <phono/print.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace command {

/// A channel's path through a circuit with tubes at large signals, which tells of itself what a phono::tube_preamp does. A fault of it is
/// thrown as a failure.
template <class Channel>
[[nodiscard]] processor path_through(const std::shared_ptr<Channel>& channel, const std::string& title)
{
    if (const auto& fault = channel->problem()) throw failure{title + ": " + phono::to_string(fault)};
    const auto late = std::max(0L, std::lround(channel->latency()));   // at a high rate it is slightly below 0
    return {[channel](std::span<double> block) { channel->process(block); }, static_cast<std::size_t>(late),
            tube_facts{channel->factor(), channel->accuracy(), [channel] { return channel->unsolved(); }}};
}

}   // namespace command
