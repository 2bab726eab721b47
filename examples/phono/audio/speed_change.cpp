// SPDX-License-Identifier: BSL-1.0
#include "audio/speed_change.hpp"

#include "audio/block.hpp"

#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

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
    : speed_{speed}, channels_{static_cast<std::size_t>(channels)}, block_{channels_, block_frames}
{
    const auto samples = soxr_io_spec(SOXR_FLOAT64_S, SOXR_FLOAT64_S);
    const auto quality = soxr_quality_spec(SOXR_VHQ, 0);
    const auto runtime = soxr_runtime_spec(1);   // one thread: the channels of a file are not worth more
    soxr_error_t error = nullptr;
    resampler_.reset(soxr_create(speed, 1.0, static_cast<unsigned>(channels), &error, &samples, &quality, &runtime));
    require(error);
}

void speed_change::process(const channel_spans& block, const sink& write)
{
    taken_ += static_cast<std::int64_t>(frames_of(block));
    pass(block, false, write);
}

void speed_change::finish(const sink& write)
{
    pass({}, true, write);
    // libsoxr may round the other way.
    const auto missing = frames_at(speed_, taken_) - given_;
    if (missing <= 0) return;
    channel_memory silence{channels_, static_cast<std::size_t>(missing)};
    write(silence(channels_, static_cast<std::size_t>(missing)));
}

void speed_change::pass(channel_spans left, bool is_last, const sink& write)
{
    const auto wanted = [&] { return is_last ? frames_at(speed_, taken_) - given_ : std::int64_t{block_frames}; };
    const auto begins_of = [](const channel_spans& channels) {
        std::vector<double*> begins;
        for (const auto one : channels) begins.push_back(one.data());
        return begins;
    };
    const auto out = block_(channels_, block_frames);
    auto to = begins_of(out);
    for (;;) {
        std::size_t used = 0;
        std::size_t made = 0;
        const auto from = begins_of(left);
        const auto frames = is_last ? 0 : frames_of(left);
        require(soxr_process(resampler_.get(), is_last ? nullptr : from.data(), frames, &used, to.data(), block_frames, &made));
        if (!is_last) left = part_of(left, used);
        const auto kept = std::min(made, static_cast<std::size_t>(std::max<std::int64_t>(wanted(), 0)));
        given_ += static_cast<std::int64_t>(kept);
        if (kept > 0) write(part_of(out, 0, kept));
        if (made < block_frames && used == frames) return;
    }
}

}   // namespace command
