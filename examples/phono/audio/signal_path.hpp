// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/dc_meter.hpp"
#include "audio/level_meter.hpp"
#include "audio/recording.hpp"
#include "audio/transform.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace command {

/// Frames that are read, processed and written at a time.
inline constexpr std::size_t block_frames = 16'384;

/// The channels of a recording, each through its own processor and gain, and what is measured of them. The workers share the channels where
/// that takes less time than to wake them.
class signal_path {
public:
    signal_path(const job& file, const transformation& what, const recording& about, workers& team);

    /// Frames by which the output comes later than the input.
    [[nodiscard]] std::size_t latency() const noexcept { return channels_.front().path.latency; }

    /// Processes a block of at most `block_frames` frames in place. Returns what there is to write: the whole block, but for the frames of the
    /// latency at the beginning of the recording.
    std::span<const double> operator()(std::span<double> interleaved);

    /// The same of silence behind the end of the recording, which brings out what the processors still hold.
    std::span<const double> flush(std::span<double> interleaved);

    /// Fills in what was measured.
    void report(outcome& result) const;

private:
    struct channel {
        processor path;
        dc_meter dc{};
        level_meter level;
        std::vector<double> samples;
    };

    void require_within_limit(std::span<const double> interleaved) const;
    std::span<const double> pass(std::span<double> interleaved);
    void run(channel& one, std::size_t which, std::span<double> interleaved, std::size_t cut);

    std::filesystem::path in_;
    int rate_;
    double gain_;
    workers& team_;
    std::vector<channel> channels_;
    bool shared_ = false;        // whether the workers share the channels
    std::size_t early_ = 0;      // frames of the latency still to be cut
    std::size_t position_ = 0;   // frames of the input so far
};

}   // namespace command
