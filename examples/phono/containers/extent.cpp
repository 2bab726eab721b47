// SPDX-License-Identifier: BSL-1.0
#include "containers/extent.hpp"

#include "containers/unknown_length.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>

namespace command {

namespace {

// Programs err by a head of RIFF, a pad byte or both when they announce the length of the file.
constexpr std::uint64_t slack = 9;

constexpr auto way_out = "; copy it again from its source, or add --recover to take ";
constexpr auto way_out_of_a_wrong_length = "; add --recover to take ";   // a copy would say the same

// The decision for one file.
class judgement {
public:
    judgement(byte_source& file, const sound_layout& layout, bool recover) : file_{file}, layout_{layout}, recover_{recover}
    {
        held_ = *file.size() - std::min(*file.size(), layout.begin);
        frame_ = layout.frame_bytes();
    }

    extent operator()()
    {
        tail first;   // behind the sound as the ruling field has it
        for (const auto bytes : layout_.announced) {
            auto behind = behind_sound(bytes);
            if (behind.kind == tail_kind::whole) return whole(bytes, std::move(behind));
            if (bytes == layout_.announced.front()) first = std::move(behind);
        }
        const auto announced = layout_.announced.front();
        if (means_unknown(announced, layout_.begin, frame_)) return to_the_end();
        const std::string says = "its header announces " + amount(layout_, announced) + " of sound, ";
        if (announced > held_)
            return recovered("truncated: " + says + "the file holds " + amount(layout_, held_), std::string{way_out} + "what is there");
        if (first.kind == tail_kind::cut) return cut_behind(announced, first);
        if (first.kind == tail_kind::more_sound) return several(announced, first);
        return recovered(says + "but " + amount(layout_, to_the_end().bytes) + " are there",
                         std::string{way_out_of_a_wrong_length} + "all of it");
    }

private:
    tail behind_sound(std::uint64_t bytes)
    {
        tail found{tail_kind::foreign, {}};
        if (bytes <= held_) found = tail_at(file_, *layout_.grammar, layout_.sound_id, layout_.begin + bytes, bytes);
        if (!layout_.encoding || bytes < frame_ || !found.chunks.empty()) return found;
        // Less than a frame behind the last one is no sound, whatever it is, and what completes a frame is no padding.
        if (held_ / frame_ == bytes / frame_) return {};
        if (bytes % frame_ != 0 && held_ - bytes < frame_) found.kind = tail_kind::foreign;
        return found;
    }

    // Where a second field counts the frames, it must agree.
    extent whole(std::uint64_t bytes, tail behind)
    {
        extent all{bytes, std::move(behind.chunks), {}};
        if (layout_.form_end > *file_.size() + slack && !means_unknown(layout_.form_end, 8, frame_))
            all.assumptions.push_back("its header announces a file of " + std::to_string(layout_.form_end) + " bytes, " +
                                      std::to_string(*file_.size()) + " are there: its sound is whole, chunks behind it may be missing");
        if (!layout_.encoding || layout_.frames.value_or(0) == 0) return all;
        const auto counted = *layout_.frames * frame_;
        constexpr std::uint64_t pad_byte = 2, largest_block = 8192;   // writers count the former; a larger block is a damaged number
        if (counted <= bytes && bytes - counted < std::max({frame_, pad_byte, std::min(layout_.block_padding, largest_block)})) {
            all.bytes = counted;
            return all;
        }
        const auto what =
            "its header counts " + amount(layout_, counted) + " of sound in one place and " + amount(layout_, bytes) + " in another";
        if (!recover_) throw failure{file_.name() + ": " + what + way_out + "the latter"};
        all.assumptions.push_back(what + "; the latter was taken");
        return all;
    }

    extent to_the_end()
    {
        const auto end = std::max(layout_.begin, find_tail(file_, *layout_.grammar, layout_.sound_id, layout_.begin));
        return {end - layout_.begin, tail_at(file_, *layout_.grammar, layout_.sound_id, end, 0).chunks, {}};
    }

    extent recovered(const std::string& what, const std::string& remedy)
    {
        if (!recover_) throw failure{file_.name() + ": " + what + remedy};
        if (!layout_.encoding && layout_.announced.front() <= held_)   // its decoder would stop where the header says
            throw failure{file_.name() + ": " + what + "; samples of its encoding cannot be recovered by phono: convert it to PCM first"};
        auto all = to_the_end();
        all.assumptions.push_back(what + "; " + amount(layout_, all.bytes) + " were taken as sound");
        return all;
    }

    extent cut_behind(std::uint64_t announced, tail& behind)
    {
        const auto& last = behind.chunks.back();
        const auto what = "truncated behind its sound: its chunk '" + last.id + "' announces " + std::to_string(last.size) +
                          " bytes, the file holds " + std::to_string(*file_.size() - last.begin);
        if (!recover_) throw failure{file_.name() + ": " + what + way_out + "the sound (" + amount(layout_, announced) + ")"};
        behind.chunks.pop_back();
        return {announced, std::move(behind.chunks), {what + "; that chunk was left out"}};
    }

    extent several(std::uint64_t announced, tail& behind)
    {
        const auto is_sound = [&](const placed_chunk& one) { return (one.id == layout_.sound_id && one.size > 0) || begins_file(one.id); };
        std::uint64_t more = 0;
        for (const auto& one : behind.chunks) more += is_sound(one) ? one.size : 0;
        const auto what = "holds several chunks of sound: the first has " + amount(layout_, announced) +
                          ", the others, or the files joined to it, " + amount(layout_, more);
        if (!recover_) throw failure{file_.name() + ": " + what + "; split it, or add --recover to take the first alone"};
        std::erase_if(behind.chunks, is_sound);
        return {announced, std::move(behind.chunks), {what + "; the first was taken"}};
    }

    byte_source& file_;
    const sound_layout& layout_;
    bool recover_;
    std::uint64_t held_{};
    std::uint64_t frame_{};
};

}   // namespace

extent extent_on_disk(byte_source& file, const sound_layout& layout, bool recover) { return judgement{file, layout, recover}(); }

std::string time_words(double seconds) { return seconds < 60.0 ? fixed(seconds, 3) + " s" : clock(seconds); }

std::string amount(const sound_layout& layout, std::uint64_t bytes)
{
    const auto text = std::to_string(bytes) + " bytes";
    return layout.bytes_per_second > 0.0 ? text + " (" + time_words(double(bytes) / layout.bytes_per_second) + ')' : text;
}

}   // namespace command
