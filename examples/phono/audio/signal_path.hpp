// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"
#include "audio/recording.hpp"
#include "audio/row_measures.hpp"
#include "audio/transform.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace command {

/// The channels of a recording, each through its own processor, then the gain. The workers share channels with tubes; others take less time
/// than to wake a thread.
class signal_path {
public:
    signal_path(const job& file, const transformation& what, const recording& about, workers& team);

    [[nodiscard]] bool has_tubes() const noexcept { return paths_.front().tubes.has_value(); }
    /// Frames by which the output comes later than the input.
    [[nodiscard]] std::size_t latency() const noexcept { return paths_.front().latency; }

    /// Processes a block, of which so much was measured, in place. Returns what there is to write: the whole block, but for the frames of the latency at the beginning of
    /// the recording.
    [[nodiscard]] channel_spans operator()(const channel_spans& block, const std::vector<row_measures>& channels);

    /// What the processors report at the end, and what they do to the level.
    [[nodiscard]] std::vector<tube_facts> tubes() const;
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return paths_.front().warnings; }
    [[nodiscard]] double level_db() const noexcept { return paths_.front().level_db; }

private:
    void require_within_limit(const channel_spans& block, const std::vector<row_measures>& channels) const;

    std::filesystem::path in_;
    int rate_;
    double gain_;
    workers& team_;
    std::vector<processor> paths_{};   // one for each channel
    std::size_t early_ = 0;            // frames of the latency still to be cut
    std::size_t position_ = 0;         // frames so far
};

}   // namespace command
