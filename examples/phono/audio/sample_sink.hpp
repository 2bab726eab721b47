// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "audio/audio_writer.hpp"
#include "audio/quantiser.hpp"
#include "audio/transform.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace command {

/// Brings samples into a file's format and writes them.
class sample_sink {
public:
    sample_sink(audio_writer& file, const job& names, const transformation& what, const recording& about, sample_format format);

    /// Throws a failure where the format cannot hold a sample.
    void operator()(std::span<const double> interleaved);

    [[nodiscard]] std::int64_t frames() const noexcept { return static_cast<std::int64_t>(frames_); }
    [[nodiscard]] std::int64_t clipped() const noexcept { return quantise_.clipped(); }

private:
    void require_storable(std::span<const double> interleaved) const;

    audio_writer& file_;
    std::filesystem::path out_;
    int rate_;
    std::size_t channels_;
    bool integer_;
    bool normalised_;
    double most_;
    quantiser quantise_;
    std::vector<std::int32_t> integers_;
    std::size_t frames_ = 0;
};

}   // namespace command
