// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/channel_spans.hpp"
#include "audio/chunk.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace command {

/// The samples of a recording, whatever stores them.
class sample_source {
public:
    sample_source() = default;
    virtual ~sample_source() = default;
    sample_source(const sample_source&) = delete;
    sample_source& operator=(const sample_source&) = delete;

    /// Fills the channels as far as the recording goes; returns the frames. Missing or damaged sound is
    /// a failure.
    virtual std::size_t read(const channel_spans& channels) = 0;

    /// Hands over what stands beside the sound and was not yet handed over: what is behind it may be known only at the end.
    [[nodiscard]] virtual std::vector<chunk> new_chunks() = 0;
    /// In words, where the samples need a decoder: what they are, and what the file is where nothing else tells; else empty.
    [[nodiscard]] virtual std::string kind() const { return {}; }
    /// What was assumed so far, a sentence each.
    [[nodiscard]] virtual const std::vector<std::string>& assumptions() const noexcept = 0;
};

}   // namespace command
