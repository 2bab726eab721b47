// SPDX-License-Identifier: BSL-1.0
#include "audio/speed_change.hpp"

#include "audio/block.hpp"

#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace command {

namespace {

void require(soxr_error_t error)
{
    if (error != nullptr) throw std::runtime_error{std::string{"libsoxr: "} + error};
}

}   // namespace

std::int64_t frames_at(double speed, std::int64_t frames) noexcept
{
    return static_cast<std::int64_t>(std::llround(static_cast<double>(frames) / speed));
}

void speed_change::closed::operator()(soxr* resampler) const noexcept { soxr_delete(resampler); }

speed_change::speed_change(double speed, int channels)
    : speed_{speed}, channels_{static_cast<std::size_t>(channels)}, block_(block_frames * channels_)
{
    const auto samples = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
    const auto quality = soxr_quality_spec(SOXR_VHQ, 0);
    const auto runtime = soxr_runtime_spec(1);   // one thread: the channels of a file are not worth more
    soxr_error_t error = nullptr;
    resampler_.reset(soxr_create(speed, 1.0, static_cast<unsigned>(channels), &error, &samples, &quality, &runtime));
    require(error);
}

void speed_change::process(std::span<const double> interleaved, const sink& write)
{
    taken_ += static_cast<std::int64_t>(interleaved.size() / channels_);
    pass(interleaved.data(), interleaved.size() / channels_, write);
}

void speed_change::finish(const sink& write)
{
    pass(nullptr, 0, write);
    // libsoxr may round the other way.
    const auto missing = frames_at(speed_, taken_) - given_;
    if (missing > 0) write(std::vector<double>(static_cast<std::size_t>(missing) * channels_));
}

void speed_change::pass(const double* in, std::size_t frames, const sink& write)
{
    const auto wanted = [&] { return in == nullptr ? frames_at(speed_, taken_) - given_ : std::int64_t{block_frames}; };
    for (;;) {
        std::size_t used = 0;
        std::size_t made = 0;
        require(soxr_process(resampler_.get(), in, frames, &used, block_.data(), block_frames, &made));
        if (in != nullptr) in += used * channels_;
        frames -= used;
        const auto kept = std::min(made, static_cast<std::size_t>(std::max<std::int64_t>(wanted(), 0)));
        given_ += static_cast<std::int64_t>(kept);
        if (kept > 0) write(std::span<const double>{block_}.first(kept * channels_));
        if (made < block_frames && frames == 0) return;
    }
}

}   // namespace command
