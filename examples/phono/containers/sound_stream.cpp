// SPDX-License-Identifier: BSL-1.0
#include "containers/sound_stream.hpp"

#include "containers/extent.hpp"
#include "containers/unknown_length.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <utility>

namespace command {

namespace {

// Of the bytes of sound that a pipe announces. 0 is its length only where chunks follow by the file's own length.
std::optional<std::uint64_t> size_in_a_pipe(const sound_layout& layout)
{
    const auto announced = layout.announced.back();   // ds64 before the 32 bits, of which the end cannot be tried
    if (announced == 0 && layout.form_end <= layout.begin + 8) return std::nullopt;
    if (means_unknown(announced, layout.begin, layout.frame_bytes())) return std::nullopt;
    return announced;
}

}   // namespace

sound_stream::sound_stream(byte_source& source, sound_layout& layout, bool recover)
    : source_{source}, layout_{layout}, recover_{recover}, chunks_{std::move(layout.in_front)}, assumptions_{layout.assumptions}
{
    if (!source.size()) {
        size_ = size_in_a_pipe(layout);
        return;
    }
    const auto reach = extent_on_disk(source, layout, recover);
    size_ = reach.bytes;
    assumptions_.insert(assumptions_.end(), reach.assumptions.begin(), reach.assumptions.end());
    tell_of_part_of_a_frame(*size_);
    collect(source, reach.behind);
    source.move_to(layout.begin);
}

void sound_stream::collect(byte_source& from, const std::vector<placed_chunk>& behind)
{
    for (const auto& one : behind) {
        if (one.id == "fmt " || one.id == "COMM" || one.id == "fact") continue;   // about the sound, not beside it
        from.move_to(one.begin);
        chunks_.take(from, one.id, one.size);
    }
    const auto& left_out = chunks_.left_out();
    assumptions_.insert(assumptions_.end(), left_out.begin(), left_out.end());
}

std::size_t sound_stream::read(std::span<unsigned char> into)
{
    if (ended_) return 0;
    if (!source_.size() && !size_) return read_with_end_held_back(into);
    const auto left = size_ ? *size_ - done_ : into.size();
    const auto wanted = into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), left)));
    const auto count = source_.read(wanted);
    done_ += count;
    if (source_.size()) return count;   // which has failed by itself where bytes are missing
    if (count < wanted.size()) {
        end_of_pipe(true);
    } else if (count < into.size()) {
        if (goes_on()) return count + read(into.subspan(count));
        end_of_pipe(false);
    }
    return count;
}

std::size_t sound_stream::read_with_end_held_back(std::span<unsigned char> into)
{
    const auto wanted = most_held_back + into.size();
    if (!all_came_ && held_.size() - given_ < wanted) {
        if (given_ >= most_held_back) {
            held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(given_));
            given_ = 0;
        }
        const auto came = held_.size();
        held_.resize(given_ + wanted);
        const auto count = source_.read(std::span{held_}.subspan(came));
        held_.resize(came + count);
        if (held_.size() < given_ + wanted) take_chunks_that_were_held();
    }
    const auto left = held_.size() - given_ - (all_came_ ? 0 : most_held_back);
    const auto count = std::min(into.size(), left);
    std::copy_n(held_.begin() + static_cast<std::ptrdiff_t>(given_), count, into.begin());
    given_ += count;
    done_ += count;
    ended_ = count < into.size();
    return count;
}

// As on disk, where chunks whose sizes add up to the end are no sound.
void sound_stream::take_chunks_that_were_held()
{
    all_came_ = true;
    byte_source last{source_.name(), {held_.begin() + static_cast<std::ptrdiff_t>(given_), held_.end()}};
    const auto end = find_tail(last, *layout_.grammar, layout_.sound_id, 0);
    collect(last, tail_at(last, *layout_.grammar, layout_.sound_id, end, 0).chunks);
    held_.resize(given_ + static_cast<std::size_t>(end));
    tell_of_part_of_a_frame(done_ + end);
}

// With `recover`, sound that stands behind the announced is taken, too.
bool sound_stream::goes_on()
{
    if (!recover_) return false;
    auto next = source_.peek(static_cast<std::size_t>(chunk_collection::most_in_all) + 1);
    if (next.size() <= chunk_collection::most_in_all) {
        byte_source rest{source_.name(), std::move(next)};
        if (tail_at(rest, *layout_.grammar, layout_.sound_id, 0, done_).kind == tail_kind::whole) return false;
    }
    assumptions_.push_back("its header announces " + amount(layout_, *size_) + " of sound, and more follows; all was taken as sound");
    size_.reset();
    return true;
}

void sound_stream::tell_of_part_of_a_frame(std::uint64_t bytes)
{
    const auto rest = bytes % layout_.frame_bytes();
    if (rest != 0)
        assumptions_.push_back("its sound ends with " + std::to_string(rest) + (rest == 1 ? " byte" : " bytes") + " of a frame of " +
                               std::to_string(layout_.frame_bytes()) + "; they were left out");
}

void sound_stream::end_of_pipe(bool short_of_announced)
{
    ended_ = true;
    if (short_of_announced) {
        const auto what =
            "truncated: its header announces " + amount(layout_, *size_) + " of sound, the pipe ended after " + amount(layout_, done_);
        if (!recover_) throw failure{source_.name() + ": " + what + "; see what its writer says, or add --recover to take what came"};
        assumptions_.push_back(what);
    }
    tell_of_part_of_a_frame(done_);
    constexpr std::uint64_t most = chunk_collection::most_in_all;
    auto bytes = source_.take(static_cast<std::size_t>(most) + 1);
    const auto count = bytes.size();
    byte_source rest{source_.name(), std::move(bytes)};
    auto behind = count <= most ? tail_at(rest, *layout_.grammar, layout_.sound_id, 0, done_) : tail{tail_kind::foreign, {}};
    // As on disk: less than a frame is no sound, whatever it is, and what completes a frame is no padding.
    const auto frame = layout_.frame_bytes();
    const bool completes = (done_ + count) / frame != done_ / frame;
    if (behind.chunks.empty() && !completes) behind.kind = tail_kind::whole;
    if (behind.chunks.empty() && completes && done_ % frame != 0 && count < frame) behind.kind = tail_kind::foreign;
    if (behind.kind != tail_kind::whole) {
        const std::string what =
            behind.kind == tail_kind::cut
                ? "truncated behind its sound, in its chunk '" + behind.chunks.back().id + "'"
                : "its header announces " + amount(layout_, done_) + " of sound, and behind it stands what is no chunk, perhaps more sound";
        if (!recover_) throw failure{source_.name() + ": " + what + "; see what its writer says, or add --recover to take what came"};
        assumptions_.push_back(what + "; it was left out");
        behind.chunks.clear();
    }
    collect(rest, behind.chunks);
}

}   // namespace command
