// SPDX-License-Identifier: BSL-1.0
#include "audio/sample_sink.hpp"

#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <cmath>
#include <limits>
#include <string>

namespace command {

sample_sink::sample_sink(audio_writer& file, const job& names, const transformation& what, const recording& about, sample_format format)
    : file_{file},
      out_{names.out},
      rate_{about.sample_rate},
      channels_{static_cast<std::size_t>(about.channels)},
      integer_{is_integer(format)},
      normalised_{what.normalised_dbfs.has_value()},
      most_{format == sample_format::float32 ? double{std::numeric_limits<float>::max()} : std::numeric_limits<double>::max()},
      quantise_{bits(format), what.dither && format == sample_format::pcm16}
{
}

void sample_sink::operator()(std::span<const double> interleaved)
{
    require_storable(interleaved);
    frames_ += interleaved.size() / channels_;
    if (!integer_) return file_.write(interleaved);
    if (integers_.size() < interleaved.size()) integers_.resize(interleaved.size());
    const auto block = std::span{integers_}.first(interleaved.size());
    quantise_(interleaved, block);
    if (normalised_ && quantise_.clipped() > 0)
        throw failure{out_.string() + ": samples would be clipped; was the input changed meanwhile?"};
    file_.write(std::span<const std::int32_t>{block});
}

// Integers clip; floats would become infinite.
void sample_sink::require_storable(std::span<const double> interleaved) const
{
    const auto bad = first_beyond(most_, interleaved, channels_, frames_, rate_);
    if (!bad) return;
    throw failure{out_.string() + ": channel " + std::to_string(bad->channel + 1) + " would hold " + words(*bad) +
                  (std::isfinite(bad->value)
                       ? ", more than the " + brief(most_) + " that a float file holds; add --format double, or give a lower --gain"
                       : "; lower the recording's level first")};
}

}   // namespace command
