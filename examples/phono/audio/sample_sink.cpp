// SPDX-License-Identifier: BSL-1.0
#include "audio/sample_sink.hpp"

#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <cmath>
#include <limits>
#include <span>
#include <string>

namespace command {

sample_sink::sample_sink(audio_writer& file, const job& names, const transformation& what, const recording& about, sample_format format)
    : file_{file},
      out_{names.out},
      rate_{about.sample_rate},
      channels_{static_cast<std::size_t>(about.channels)},
      integer_{is_integer(format)},
      normalised_{what.normalised_dbfs.has_value()},
      most_{format == sample_format::float32 ? double{std::numeric_limits<float>::max()} : std::numeric_limits<double>::max()}
{
    for (std::uint32_t c = 0; c < channels_; ++c) quantise_.emplace_back(bits(format), what.dither && format == sample_format::pcm16, c);
}

void sample_sink::operator()(const channel_spans& block, const std::vector<row_measures>& channels)
{
    require_storable(block, channels);
    frames_ += frames_of(block);
    if (integer_) {
        quantise(block, channels);
        if (normalised_ && clipped() > 0) throw failure{out_.string() + ": samples would be clipped; was the input changed meanwhile?"};
        file_.write(std::span<const std::int32_t>{integers_});
    } else {
        interleaved_.resize(channels_ * frames_of(block));
        interleave(block, interleaved_);
        file_.write(std::span<const double>{interleaved_});
    }
}

std::int64_t sample_sink::clipped() const noexcept
{
    std::int64_t all = 0;
    for (const auto& one : quantise_) all += one.clipped();
    return all;
}

void sample_sink::quantise(const channel_spans& block, const std::vector<row_measures>& channels)
{
    const auto frames = frames_of(block);
    rows_.resize(channels_ * frames);
    integers_.resize(channels_ * frames);
    for (std::size_t c = 0; c < channels_; ++c) quantise_[c](block[c], std::span{rows_}.subspan(c * frames, frames), channels[c].largest);
    interleave(rows_, channels_, integers_);
}

// Integers clip; floats would become infinite.
void sample_sink::require_storable(const channel_spans& block, const std::vector<row_measures>& channels) const
{
    const auto bad = first_beyond(most_, block, channels, frames_, rate_);
    if (!bad) return;
    throw failure{out_.string() + ": channel " + std::to_string(bad->channel + 1) + " would hold " + words(*bad) +
                  (std::isfinite(bad->value)
                       ? ", more than the " + brief(most_) + " that a float file holds; add --format double, or give a lower --gain"
                       : "; lower the recording's level first")};
}

}   // namespace command
