// SPDX-License-Identifier: BSL-1.0
#include "audio/transform.hpp"

#include "annotations/annotations.hpp"
#include "audio/audio_reader.hpp"
#include "audio/audio_writer.hpp"
#include "audio/quantiser.hpp"
#include "audio/sample_check.hpp"
#include "audio/speed_change.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"
#include "support/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <system_error>

namespace command {

namespace {

constexpr std::size_t block_frames = 16'384;

void require_distinct(const transformation& job)
{
    std::error_code error;
    if (std::filesystem::equivalent(job.in, job.out, error))
        throw failure{job.out.string() + ": is the input itself; give the output another name, the transfer is kept"};
}

// The channels of a recording, one after the other through their own paths.
class signal_path {
public:
    signal_path(const transformation& job, const recording& about, const make_processor& make)
        : in_{job.in},
          rate_{about.sample_rate},
          gain_{std::pow(10.0, job.gain_db / 20.0)},
          peaks_(static_cast<std::size_t>(about.channels)),
          channel_(block_frames)
    {
        for (int c = 0; c < about.channels; ++c) paths_.push_back(make(about.sample_rate));
    }

    [[nodiscard]] std::size_t latency() const noexcept { return paths_.front().latency; }

    void operator()(std::span<double> interleaved)
    {
        const auto channels = paths_.size();
        require_within_limit(interleaved);
        const auto block = std::span{channel_}.first(interleaved.size() / channels);
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t i = 0; i < block.size(); ++i) block[i] = interleaved[i * channels + c];
            paths_[c].run(block);
            for (std::size_t i = 0; i < block.size(); ++i) interleaved[i * channels + c] = block[i] * gain_;
        }
        position_ += block.size();
    }

    [[nodiscard]] const std::vector<double>& peaks() const noexcept { return peaks_; }

    void measure(std::span<const double> interleaved)
    {
        for (std::size_t i = 0; i < interleaved.size(); ++i) {
            auto& peak = peaks_[i % peaks_.size()];
            peak = std::max(peak, std::abs(interleaved[i]));
        }
    }

private:
    void require_within_limit(std::span<const double> interleaved) const
    {
        const auto& limit = paths_.front().limit;
        if (const auto bad = first_beyond(limit.most, interleaved, paths_.size(), position_, rate_))
            throw failure{in_.string() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) + ", more than the " +
                          brief(limit.most) + " that " + limit.of + " takes; " + limit.remedy};
    }

    std::filesystem::path in_;
    int rate_;
    double gain_;
    std::vector<processor> paths_;

    std::vector<double> peaks_;
    std::vector<double> channel_;
    std::size_t position_ = 0;
};

// Writes what is left of each block after the signal path's latency has been cut from the beginning of the file.
class sink {
public:
    sink(audio_writer& file, const transformation& job, const recording& about, sample_format format, std::size_t samples)
        : file_{file},
          out_{job.out},
          rate_{about.sample_rate},
          channels_{static_cast<std::size_t>(about.channels)},
          integer_{is_integer(format)},
          most_{format == sample_format::float32 ? double{std::numeric_limits<float>::max()} : std::numeric_limits<double>::max()},
          quantise_{bits(format), job.dither && format == sample_format::pcm16},
          integers_(integer_ ? samples : 0)
    {
    }

    void operator()(std::span<const double> interleaved)
    {
        require_storable(interleaved);
        frames_ += interleaved.size() / channels_;
        if (!integer_) return file_.write(interleaved);
        const auto block = std::span{integers_}.first(interleaved.size());
        quantise_(interleaved, block);
        file_.write(std::span<const std::int32_t>{block});
    }

    [[nodiscard]] std::int64_t frames() const noexcept { return static_cast<std::int64_t>(frames_); }
    [[nodiscard]] std::int64_t clipped() const noexcept { return quantise_.clipped(); }

private:
    // Integers clip; floats would become infinite.
    void require_storable(std::span<const double> interleaved) const
    {
        const auto bad = first_beyond(most_, interleaved, channels_, frames_, rate_);
        if (!bad) return;
        throw failure{out_.string() + ": channel " + std::to_string(bad->channel + 1) + " would hold " + words(*bad) +
                      (std::isfinite(bad->value)
                           ? ", more than the " + brief(most_) + " that a float file holds; add --format double, or give a lower --gain"
                           : "; lower the recording's level first")};
    }

    audio_writer& file_;
    std::filesystem::path out_;
    int rate_;
    std::size_t channels_;
    bool integer_;
    double most_;
    quantiser quantise_;
    std::vector<std::int32_t> integers_;
    std::size_t frames_ = 0;
};

// What becomes of a recording's properties when it has other channels and another speed.
recording played(recording about, int channels, double speed)
{
    if (channels != about.channels) about.speakers = 0;
    about.channels = channels;
    if (about.frames) about.frames = frames_at(speed, *about.frames);
    return about;
}

annotations at_speed(annotations all, double speed)
{
    for (auto& mark : all.markers) {
        const auto end = frames_at(speed, mark.frame + mark.frames);
        mark.frame = frames_at(speed, mark.frame);
        mark.frames = end - mark.frame;
    }
    return all;
}

}   // namespace

outcome transform(const transformation& job, const make_processor& make)
{
    const auto begin = std::chrono::steady_clock::now();
    audio_reader in{job.in};
    const auto source = in.about();
    channel_matrix matrix{job.channels, job.in, source.channels, source.sample_rate};
    const auto about = played(source, matrix.channels(), job.speed);
    const auto format = job.format.value_or(about.format);
    require_distinct(job);
    require_storable(job.out, about, format);
    signal_path path{job, about, make};

    const auto channels = static_cast<std::size_t>(about.channels);
    const auto channels_in = static_cast<std::size_t>(source.channels);
    std::vector<double> samples(block_frames * channels_in);
    const auto annotated = stored_in(container_of(job.out), about, at_speed(annotations_of(source), job.speed));
    audio_writer out{job.out, about, format, annotated.chunks};
    sink write{out, job, about, format, samples.size()};
    progress shown{about.frames, about.sample_rate};

    auto early = path.latency();   // frames still to be cut
    const auto deliver = [&](std::span<const double> block) {
        path.measure(block);
        write(block);
        shown.at(write.frames());
    };
    std::optional<speed_change> change;
    if (job.speed != 1.0) change.emplace(job.speed, about.channels);
    const auto pass = [&](std::span<double> block) {
        path(block);
        const auto cut = std::min(early, block.size() / channels);
        early -= cut;
        block = block.subspan(cut * channels);
        if (change) change->process(block, deliver);
        else deliver(block);
    };
    while (const auto frames = in.read(samples)) pass(matrix(std::span{samples}.first(frames * channels_in)));
    // Silence flushes out what the path still holds.
    for (auto left = path.latency(); left > 0;) {
        const auto frames = std::min(left, block_frames);
        std::fill_n(samples.begin(), frames * channels, 0.0);
        pass(std::span{samples}.first(frames * channels));
        left -= frames;
    }
    if (change) change->finish(deliver);
    out.finish();

    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    return {about.sample_rate, about.channels, write.frames(), format, path.peaks(), write.clipped(), taken.count(), matrix.dc()};
}

}   // namespace command
