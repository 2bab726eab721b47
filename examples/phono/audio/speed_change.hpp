// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

struct soxr;

namespace command {

/// How long so many frames are at another speed.
[[nodiscard]] std::int64_t frames_at(double speed, std::int64_t frames) noexcept;

/// Makes a recording play `speed` times as fast at the sample rate that it has: libsoxr's very high quality, linear phase. The output
/// begins with the input and is frames_at(speed, frames) long. What would lie beyond half the sample rate is filtered off.
class speed_change {
public:
    using sink = std::function<void(const channel_spans&)>;

    speed_change(double speed, int channels);

    /// Gives what is ready to the sink, in blocks no longer than those that it gets and so much as the speed makes of them.
    void process(const channel_spans& block, const sink& write);
    /// Gives the rest.
    void finish(const sink& write);

private:
    struct closed {
        void operator()(soxr* resampler) const noexcept;
    };

    void pass(channel_spans left, bool is_last, const sink& write);

    double speed_;
    std::size_t channels_;
    std::unique_ptr<soxr, closed> resampler_;
    channel_memory block_;
    std::int64_t taken_ = 0;   ///< frames of the input
    std::int64_t given_ = 0;   ///< frames of the output
};

}   // namespace command
