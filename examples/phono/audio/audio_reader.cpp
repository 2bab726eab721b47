// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_reader.hpp"

#include "annotations/vorbis_comments.hpp"
#include "audio/flac_samples.hpp"
#include "audio/library_samples.hpp"
#include "audio/pcm_samples.hpp"
#include "audio/row_measures.hpp"
#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/kernel/sample_range.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace command {

namespace {

constexpr int lowest_rate = 8'000;
constexpr int highest_rate = 768'000;
constexpr int most_channels = 1024;

// Whether a file that begins with these bytes holds samples that libsndfile must decode.
bool needs_decoder(std::vector<unsigned char> first)
try {
    byte_source beginning{"", std::move(first)};
    const auto layout = read_layout(beginning);
    return layout && !layout->encoding;
} catch (const failure&) {
    return false;   // they do not tell; reading all in order will
}

}   // namespace

audio_reader::audio_reader(const std::filesystem::path& file, bool recover) : source_{std::make_unique<byte_source>(file)}
{
    if (source_->peek(1).empty()) throw failure{source_->name() + (source_->size() ? ": the file is empty" : ": the pipe is empty")};
    if (!source_->size() && needs_decoder(source_->peek(65'536))) source_ = byte_source::copy_of(*source_);
    layout_ = read_layout(*source_);
    if (layout_) open_layout(recover);
    else open_other(recover);
    require_supported();
}

void audio_reader::open_layout(bool recover)
{
    about_.kind = layout_->kind;
    about_.sample_rate = layout_->sample_rate;
    about_.channels = layout_->channels;
    about_.speakers = layout_->speakers;
    require_supported();
    if (layout_->kind == file_kind::flac) {
        if (layout_->frames) about_.frames = static_cast<std::int64_t>(*layout_->frames);
        samples_ = std::make_unique<flac_samples>(*source_, *layout_, recover);
    } else if (layout_->encoding) {
        auto pcm = std::make_unique<pcm_samples>(*source_, *layout_, recover);
        about_.frames = pcm->frames();
        samples_ = std::move(pcm);
    } else {
        // Of a pipe all was copied to a file, unless its header is longer than what was looked at for that decision.
        if (!source_->size())
            throw failure{source_->name() + ": its samples need a decoder, and its header is too long to be decoded from a pipe; " +
                          "give a file on disk"};
        sound_stream whole{*source_, *layout_, recover};   // or it has failed
        auto decoded = std::make_unique<library_samples>(*source_, *layout_, whole, recover);
        about_.frames = decoded->about().frames;
        about_.format = decoded->about().format;
        samples_ = std::move(decoded);
    }
    if (layout_->encoding) about_.format = nearest_format(*layout_->encoding);
    is_bounded_ = layout_->encoding && layout_->encoding->kind != number_kind::floating;
    about_.chunks = samples_->new_chunks();
    if (layout_->kind == file_kind::flac) about_.speakers = speakers_of_comments(about_.chunks, about_.channels).value_or(about_.speakers);
    if (about_.frames == 0) throw failure{source_->name() + ": holds no samples"};
}

void audio_reader::open_other(bool recover)
{
    if (!source_->size()) source_ = byte_source::copy_of(*source_);
    auto decoded = std::make_unique<library_samples>(*source_, recover);
    about_ = decoded->about();
    samples_ = std::move(decoded);
    if (about_.frames == 0) throw failure{source_->name() + ": holds no samples"};
}

void audio_reader::require_supported() const
{
    if (about_.channels < 1) throw failure{source_->name() + ": has no channels"};
    if (about_.channels > most_channels)
        throw failure{source_->name() + ": has " + std::to_string(about_.channels) + " channels; phono takes up to " +
                      std::to_string(most_channels)};
    if (about_.sample_rate < lowest_rate || about_.sample_rate > highest_rate)
        throw failure{source_->name() + ": sample rate " + std::to_string(about_.sample_rate) + " Hz; phono works from " +
                      std::to_string(lowest_rate) + " to " + std::to_string(highest_rate) + " Hz: resample it first"};
}

std::size_t audio_reader::read(const channel_spans& channels)
{
    const auto frames = samples_->read(channels);
    const auto begin = std::exchange(position_, position_ + static_cast<std::int64_t>(frames));
    if (position_ == 0) throw failure{source_->name() + ": holds no samples"};
    if (frames == 0) {
        source_->require_same_length();
        std::ranges::move(samples_->new_chunks(), std::back_inserter(about_.chunks));
    }
    if (is_bounded_) return frames;
    // One such sample would stay in the filters' state and spoil the rest of the file.
    constexpr double most = phono::largest_input<double>;
    const auto read = part_of(channels, 0, frames);
    if (const auto bad = first_beyond(most, read, measured(read), static_cast<std::size_t>(begin), about_.sample_rate))
        throw failure{source_->name() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) +
                      (std::isfinite(bad->value) ? ", more than the " + brief(most) + " that phono takes; lower the recording's level first"
                                                 : "; repair the recording there")};
    return frames;
}

}   // namespace command
