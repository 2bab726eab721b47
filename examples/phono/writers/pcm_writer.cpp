// SPDX-License-Identifier: BSL-1.0
#include "writers/pcm_writer.hpp"

#include "support/failure.hpp"
#include "writers/encoding.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace command {

namespace {

// Written at once, so that the system takes whole pages, none of them twice.
constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t piece_bytes = std::size_t{1} << 17;
constexpr std::size_t samples_at_once = 2'048;

}   // namespace

pcm_writer::pcm_writer(byte_output& out, const sound_description& about, pcm_container container, bool stream)
    : out_{out},
      container_{std::move(container)},
      format_{about.format},
      channels_{static_cast<std::size_t>(about.channels)},
      stream_{stream},
      piece_(piece_bytes + samples_at_once * static_cast<std::size_t>(bits(about.format) / 8))
{
    const auto before = container_.around(stream_ ? std::nullopt : std::optional<std::uint64_t>{0}).before;
    out_.write(before);
    next_ = piece_bytes - before.size() % page_bytes;
}

// The rest goes to the front.
void pcm_writer::write_piece(std::size_t bytes)
{
    out_.write(std::span{piece_}.first(bytes));
    std::copy(piece_.begin() + static_cast<std::ptrdiff_t>(bytes), piece_.begin() + static_cast<std::ptrdiff_t>(filled_), piece_.begin());
    filled_ -= bytes;
}

template <typename Sample>
void pcm_writer::write_samples(std::span<const Sample> interleaved)
{
    if ((samples_ + interleaved.size()) / channels_ > container_.most_frames)
        throw failure{out_.name() + ": the recording is longer than this kind of file can hold; " + container_.what_holds_more};
    samples_ += interleaved.size();
    const auto sample_bytes = static_cast<std::size_t>(bits(format_) / 8);
    while (!interleaved.empty()) {
        const auto some = interleaved.first(std::min(interleaved.size(), samples_at_once));
        store(some, format_, container_.order, piece_.data() + filled_);
        filled_ += some.size() * sample_bytes;
        if (filled_ >= next_) write_piece(std::exchange(next_, piece_bytes));
        interleaved = interleaved.subspan(some.size());
    }
    if (stream_) write_piece(filled_);   // whoever listens does not wait
}

void pcm_writer::finish()
{
    write_piece(filled_);
    if (stream_ && !out_.can_overwrite()) return;
    assert(samples_ % channels_ == 0);
    const auto around = container_.around(samples_ / channels_);
    out_.write(around.behind);
    out_.overwrite(0, around.before);
}

}   // namespace command
