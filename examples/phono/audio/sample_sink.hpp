// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/audio_writer.hpp"
#include "audio/channel_spans.hpp"
#include "audio/quantiser.hpp"
#include "audio/row_measures.hpp"
#include "audio/transform.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace command {

/// Brings samples into a file's format and writes them.
class sample_sink {
public:
    sample_sink(audio_writer& file, const job& names, const transformation& what, const recording& about, sample_format format);

    /// The next frames, and what was measured of each channel of them. Throws a failure where the format cannot hold a sample.
    void operator()(const channel_spans& block, const std::vector<row_measures>& channels);

    [[nodiscard]] std::int64_t frames() const noexcept { return static_cast<std::int64_t>(frames_); }
    [[nodiscard]] std::int64_t clipped() const noexcept;

private:
    void quantise(const channel_spans& block, const std::vector<row_measures>& channels);
    void require_storable(const channel_spans& block, const std::vector<row_measures>& channels) const;

    audio_writer& file_;
    std::filesystem::path out_;
    int rate_;
    std::size_t channels_;
    bool integer_;
    bool normalised_;
    double most_;
    std::vector<quantiser> quantise_{};   // one for each channel
    std::vector<std::int32_t> rows_{};    // the channels, one behind the other
    std::vector<std::int32_t> integers_{};
    std::vector<double> interleaved_{};
    std::size_t frames_ = 0;
};

}   // namespace command
