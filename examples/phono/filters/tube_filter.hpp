// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "filters/chain_reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace command {

/// A chain with tubes as a `filter`: runs at large signals, and is read at small ones.
template <class Chain>
class tube_filter final : public chain_reading<Chain> {
public:
    using chain_reading<Chain>::chain_reading;

    [[nodiscard]] bool has_tubes() const override { return true; }

    /// None: the tubes' operating points would go with the networks.
    [[nodiscard]] std::optional<response_pair> open_loop(double, command::phase) const override { return std::nullopt; }

    [[nodiscard]] processor make_processor(double rate, kernel how) const override
    {
        const auto channel = std::make_shared<phono::tube_preamp<Chain>>(this->sound(rate), phono::frequency{rate},
                                                                         static_cast<phono::oversampling>(how.oversampling));
        if (const auto& fault = channel->problem()) throw this->refusal(this->title(), fault);
        const auto late = std::max(0L, std::lround(channel->latency()));   // a high rate's is a fraction below 0
        return {[channel](std::span<double> block) { channel->process(block); }, static_cast<std::size_t>(late),
                tube_facts{channel->factor(), channel->accuracy(), [channel] { return channel->unsolved(); }}};
    }
};

}   // namespace command
