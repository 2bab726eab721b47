// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/recording.hpp"
#include "audio/transform.hpp"

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

namespace command {

/// The channels of a recording, each through its own processor, then the gain. The workers share channels with tubes; others take less time
/// than to wake a thread.
class signal_path {
public:
    signal_path(const job& file, const transformation& what, const recording& about, workers& team);

    /// Frames by which the output comes later than the input.
    [[nodiscard]] std::size_t latency() const noexcept { return channels_.front().path.latency; }

    /// Processes a block of at most `block_frames` frames in place. Returns what there is to write: the whole block, but for the frames of
    /// the latency at the beginning of the recording.
    std::span<double> operator()(std::span<double> interleaved);

    /// What the processors report at the end, and what they do to the level.
    [[nodiscard]] std::vector<tube_facts> tubes() const;
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return channels_.front().path.warnings; }
    [[nodiscard]] double level_db() const noexcept { return channels_.front().path.level_db; }

private:
    struct channel {
        processor path;
        std::vector<double> samples;
    };

    void require_within_limit(std::span<const double> interleaved) const;
    void run(std::size_t which, std::span<double> interleaved);

    std::filesystem::path in_;
    int rate_;
    double gain_;
    workers& team_;
    std::vector<channel> channels_{};
    std::size_t early_ = 0;      // frames of the latency still to be cut
    std::size_t position_ = 0;   // frames so far
};

}   // namespace command
