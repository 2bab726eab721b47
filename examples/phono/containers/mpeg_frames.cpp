// SPDX-License-Identifier: BSL-1.0
#include "containers/mpeg_frames.hpp"

#include "containers/extent.hpp"
#include "containers/tail.hpp"
#include "support/bytes.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace command {

namespace {

constexpr std::size_t head_bytes = 4;
constexpr std::uint64_t decoder_delay = 529;   // of layer III, in frames of sound

struct frame_head {
    bool first_version{};   ///< MPEG 1; else 2 or 2.5, whose frames are half as long
    int layer{};
    int sample_rate{};   ///< Hz
    bool mono{};
    std::uint64_t bytes{};     ///< of the frame with its head
    std::uint64_t samples{};   ///< per channel
};

using head_span = std::span<const unsigned char>;

// ISO/IEC 11172-3, 2.4.2.3; nothing where a value is forbidden or reserved, or the bit rate is free.
std::optional<frame_head> parse(head_span bytes)
{
    constexpr int none = 0;
    constexpr std::array<std::array<int, 15>, 5> kilobits{{
        {none, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},   // MPEG 1, layer I
        {none, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},      // II
        {none, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},       // III
        {none, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},      // MPEG 2, layer I
        {none, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},           // II and III
    }};
    constexpr std::array rates{44'100, 48'000, 32'000};
    if (bytes.size() < head_bytes || bytes[0] != 0xff || (bytes[1] & 0xe0) != 0xe0) return std::nullopt;
    const auto version = bytes[1] >> 3 & 3, layer = 4 - (bytes[1] >> 1 & 3), bit_rate = bytes[2] >> 4, rate = bytes[2] >> 2 & 3;
    if (version == 1 || layer == 4 || bit_rate == 0 || bit_rate == 15 || rate == 3) return std::nullopt;
    frame_head head;
    head.first_version = version == 3;
    head.layer = layer;
    head.sample_rate = rates[static_cast<std::size_t>(rate)] / (version == 3 ? 1 : version == 2 ? 2 : 4);
    head.mono = bytes[3] >> 6 == 3;
    const auto row = static_cast<std::size_t>(head.first_version ? layer - 1 : layer == 1 ? 3 : 4);
    const auto bits_per_second = kilobits[row][static_cast<std::size_t>(bit_rate)] * 1000;
    const auto padding = bytes[2] >> 1 & 1;
    head.samples = layer == 1 ? 384 : layer == 3 && !head.first_version ? 576 : 1152;
    head.bytes = static_cast<std::uint64_t>(layer == 1 ? (12 * bits_per_second / head.sample_rate + padding) * 4
                                                       : static_cast<int>(head.samples) / 8 * bits_per_second / head.sample_rate + padding);
    return head;
}

// Both may stand in one stream.
bool agree(const frame_head& a, const frame_head& b)
{
    return a.first_version == b.first_version && a.layer == b.layer && a.sample_rate == b.sample_rate;
}

// Bytes of a file wherever they are asked for, mostly from front to back.
class window {
public:
    explicit window(byte_source& file) : file_{file} {}

    // As many as there are, and at most 128 KiB.
    head_span at(std::uint64_t position, std::size_t count)
    {
        constexpr std::size_t step = std::size_t{1} << 18;
        if (position < begin_ || position + count > begin_ + bytes_.size()) {
            file_.move_to(position);
            bytes_ = file_.take(step);
            begin_ = position;
        }
        return head_span{bytes_}.subspan(static_cast<std::size_t>(position - begin_),
                                         std::min(count, bytes_.size() - static_cast<std::size_t>(position - begin_)));
    }

    bool has(std::uint64_t position, std::string_view text)
    {
        const auto bytes = at(position, text.size());
        return bytes.size() == text.size() && std::equal(text.begin(), text.end(), bytes.begin());
    }

private:
    byte_source& file_;
    std::vector<unsigned char> bytes_;
    std::uint64_t begin_ = 0;
};

std::size_t side_information(const frame_head& head) { return head.first_version ? (head.mono ? 17 : 32) : (head.mono ? 9 : 17); }

// Bits, the highest of each byte first.
class bit_reader {
public:
    explicit bit_reader(head_span bytes) : bytes_{bytes} {}

    unsigned take(int count)
    {
        unsigned value = 0;
        for (; count > 0; --count, ++at_) value = value << 1 | (bytes_[at_ / 8] >> (7 - at_ % 8) & 1u);
        return value;
    }

private:
    head_span bytes_;
    std::size_t at_ = 0;
};

// Whether the side information of a frame of layer III, which tells how its sound is coded, can be true (ISO/IEC 11172-3, 2.4.1.7). A
// decoder makes a burst of noise of one that cannot: its head is whole, and its length too.
bool is_possible(head_span frame, const frame_head& head)
{
    const bool has_checksum = (frame[1] & 1) == 0;
    const auto begin = head_bytes + (has_checksum ? 2 : 0), side = side_information(head);
    if (frame.size() < begin + side) return false;
    bit_reader in{frame.subspan(begin, side)};
    const int channels = head.mono ? 1 : 2, granules = head.first_version ? 2 : 1;
    const auto in_frames_before = in.take(head.first_version ? 9 : 8);   // bytes of what is decoded here
    in.take(head.first_version ? (head.mono ? 5 : 3) + 4 * channels : channels);
    std::uint64_t bits = 0;
    for (int i = 0; i < granules * channels; ++i) {
        constexpr unsigned most_pairs = 288;   // of 576 lines
        bits += in.take(12);
        if (in.take(9) > most_pairs) return false;
        in.take(8);
        in.take(head.first_version ? 4 : 9);
        const bool is_switched = in.take(1) != 0;
        if (const auto first_bits = in.take(2); is_switched && first_bits == 0)
            return false;   // the block's type: a normal one is not switched
        in.take(20);
        in.take(head.first_version ? 3 : 2);
    }
    return bits <= 8 * (in_frames_before + head.bytes - begin - side);
}

// What the first frame tells in place of sound.
struct announcement {
    std::uint64_t frames{};
    std::optional<std::uint64_t> trimmed{};   ///< LAME's delay and padding, in frames of sound, which decoders leave out
};

// By Xing and LAME behind the side information, by Fraunhofer 32 bytes behind the frame's head; only layer III has that.
std::optional<announcement> announced_in(head_span frame, const frame_head& head)
{
    if (head.layer != 3) return std::nullopt;
    byte_reader in{frame.data(), frame.size(), std::endian::big};
    in.skip(head_bytes);
    const auto side = in.take(side_information(head));
    const auto mark = in.text(4);
    if (mark == "Xing" || mark == "Info") {
        const auto flags = in.number(4);
        if ((flags & 1) == 0) return std::nullopt;
        announcement told{in.number(4)};
        constexpr std::size_t list_of_places = 100, up_to_delay = 21;
        in.skip(((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? list_of_places : 0) + ((flags & 8) != 0 ? 4 : 0));
        const auto encoder = in.take(up_to_delay);
        const auto both = in.number(3);   // twelve bits each
        const bool silent = std::all_of(side.begin(), side.end(), [](unsigned char x) { return x == 0; });
        if (in.good() && silent && encoder.front() != 0) told.trimmed = (both >> 12) + (both & 0xfff);
        return told;
    }
    in = {frame.data(), frame.size(), std::endian::big};
    in.skip(head_bytes + 32);
    if (in.text(4) != "VBRI") return std::nullopt;
    in.skip(10);
    return announcement{in.number(4)};
}

// A frame of the stream's kind that holds nothing: to a decoder, silence.
std::vector<unsigned char> silent_frame(head_span like)
{
    constexpr unsigned no_checksum = 1;
    std::vector<unsigned char> bytes(like.begin(), like.begin() + head_bytes);
    bytes[1] |= no_checksum;
    bytes[2] = static_cast<unsigned char>((bytes[2] & 0x0c) | 0x90);   // 128 kbit/s, of MPEG 2 80: room enough, and no padding
    bytes.resize(static_cast<std::size_t>(parse(bytes).value().bytes));
    return bytes;
}

// The same with a number of frames in it: to a decoder, no sound.
std::vector<unsigned char> frame_that_announces(std::uint64_t frames, head_span like)
{
    auto bytes = silent_frame(like);
    constexpr std::string_view mark = "Info";
    const auto at = head_bytes + side_information(parse(bytes).value());
    std::copy(mark.begin(), mark.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    put(bytes, at + 4, 1, 4, std::endian::big);
    put(bytes, at + 8, frames, 4, std::endian::big);
    return bytes;
}

// An ID3v2 tag with nothing but ten bytes of padding: libsndfile takes MPEG for what it is only behind such a tag.
constexpr std::array<unsigned char, 20> empty_tag{'I', 'D', '3', 4, 0, 0, 0, 0, 0, 10};

// One walk through a file.
class frame_walk {
public:
    explicit frame_walk(byte_source& file) : file_{file}, bytes_{file} {}

    std::optional<decoder_input> operator()(const std::optional<byte_range>& sound)
    {
        const auto begin = sound ? sound->begin : 0;
        auto at = begin;
        while (const auto tag = id3v2_bytes(bytes_.at(at, 10))) at += tag;
        end_ = sound ? std::min(sound->end, *file_.size()) : end_of_file(at);
        if (const auto only = at + head_bytes <= end_ ? parse(bytes_.at(at, head_bytes)) : std::nullopt; only && only->bytes > end_ - at)
            throw failure{file_.name() + ": truncated: ends within its first frame of MPEG, and holds no sound"};
        if (!begins_at(at, 2)) {
            // Behind a tag the first frames may be damaged; without one this is another kind of file.
            const auto found = at > begin ? first_frame_behind(at) : end_;
            if (found == end_) return std::nullopt;
            damaged_ = 1;
            damage_ = {0, found - at};
            at = found;
        }
        first_bytes_ = at;
        announced_ = announced_in(bytes_.at(at, static_cast<std::size_t>(first_.bytes)), first_);
        if (announced_) at += first_.bytes;
        walk(at);
        return result();
    }

private:
    std::uint64_t end_of_file(std::uint64_t from)
    {
        const auto tags = tags_at_end(file_, std::min(from, *file_.size()));
        return tags.empty() ? *file_.size() : tags.front().begin;
    }

    // Whether so many frames of one kind stand there, or fewer up to the end; the first is what all others are compared with.
    bool begins_at(std::uint64_t at, int frames)
    {
        const auto first = at + head_bytes <= end_ ? parse(bytes_.at(at, head_bytes)) : std::nullopt;
        if (!first) return false;
        first_ = *first;
        for (int i = 1; i < frames; ++i) {
            if (!confirmed(at)) return false;
            const auto next = frame_at(at);
            at += next ? next->bytes : 0;
            if (at == end_ || tag_at(at) > 0) return true;
        }
        return true;
    }

    // The end where there is none.
    std::uint64_t first_frame_behind(std::uint64_t at)
    {
        constexpr std::uint64_t farthest = std::uint64_t{1} << 18;
        constexpr int enough = 4;   // more than two: it is no longer known that this is MPEG
        for (const auto last = std::min(end_, at + farthest); at < last; ++at)
            if (bytes_.at(at, 1).front() == 0xff && begins_at(at, enough)) return at;
        return end_;
    }

    std::optional<frame_head> frame_at(std::uint64_t at)
    {
        const auto head = at + head_bytes <= end_ ? parse(bytes_.at(at, head_bytes)) : std::nullopt;
        return head && agree(*head, first_) ? head : std::nullopt;
    }

    // A frame, and another one or the end behind it.
    bool confirmed(std::uint64_t at)
    {
        const auto head = frame_at(at);
        return head && (at + head->bytes == end_ || frame_at(at + head->bytes) || tag_at(at + head->bytes) > 0);
    }

    // The length of a tag that begins there, as in files that were joined; 0 where none does.
    std::uint64_t tag_at(std::uint64_t at)
    {
        if (at >= end_) return 0;
        if (const auto size = id3v2_bytes(bytes_.at(at, 10)); size > 0 && size <= end_ - at) return size;
        if (bytes_.has(at, "TAG+")) return std::min<std::uint64_t>(227, end_ - at);
        if (bytes_.has(at, "TAG")) return std::min<std::uint64_t>(128, end_ - at);
        if (bytes_.has(at, "APETAGEX")) {
            constexpr std::uint64_t head = 32;
            const auto bytes = bytes_.at(at, head);
            const auto size = bytes.size() < head ? 0 : head + number(bytes.subspan(12, 4), std::endian::little);
            return size <= end_ - at ? size : 0;
        }
        if (bytes_.has(at, "LYRICSBEGIN")) {
            const auto bytes = bytes_.at(at, 1 << 17);
            const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
            for (const std::string_view mark : {"LYRICS200", "LYRICSEND"})
                if (const auto found = text.find(mark); found != text.npos) return found + mark.size();
        }
        return 0;
    }

    bool only_padding(std::uint64_t at)
    {
        if (end_ - at > most_padding) return false;
        const auto bytes = bytes_.at(at, static_cast<std::size_t>(end_ - at));
        return std::all_of(bytes.begin(), bytes.end(), [](unsigned char x) { return x == 0; });
    }

    std::uint64_t next_frame(std::uint64_t at)
    {
        constexpr std::size_t step = 4096;
        for (; at < end_; at += step) {
            const auto bytes = bytes_.at(at, step);
            const std::vector<unsigned char> some(bytes.begin(), bytes.end());   // the window moves
            for (std::size_t i = 0; i < some.size(); ++i)
                if (some[i] == 0xff && confirmed(at + i)) return at + i;
        }
        return end_;
    }

    void walk(std::uint64_t at)
    {
        while (at < end_) {
            if (const auto head = frame_at(at)) {
                if (head->bytes > end_ - at) {
                    within_a_frame_ = true;
                    return;
                }
                if (head->layer == 3 && !is_possible(bytes_.at(at, static_cast<std::size_t>(head->bytes)), *head)) {
                    if (impossible_++ == 0) impossible_at_ = frames_;
                    at += head->bytes;
                    continue;
                }
                if (parts_.empty() || parts_.back().end != at) parts_.push_back({at, at});
                at = parts_.back().end = at + head->bytes;
                ++frames_;
            } else if (const auto tag = tag_at(at)) {
                at += tag;
            } else if (only_padding(at)) {
                return;
            } else {
                const auto next = next_frame(at + 1);
                if (next == end_) behind_ = end_ - at;
                else if (damaged_++ == 0) damage_ = {frames_, next - at};
                at = next;
            }
        }
    }

    [[nodiscard]] std::string time(std::uint64_t frames) const { return time_words(double(frames * first_.samples) / first_.sample_rate); }
    [[nodiscard]] std::string words(std::uint64_t frames) const
    {
        return std::to_string(frames * first_.samples) + " frames (" + time(frames) + ')';
    }

    decoder_input result()
    {
        decoder_input all;
        all.frames = frames_ * first_.samples;
        all.parts = parts_;
        const auto there = frames_ + impossible_;
        const auto announced = announced_ ? announced_->frames : there;
        if (announced > there)
            all.faults.push_back({"truncated: its header announces " + words(announced) + ", the file holds " + words(frames_),
                                  copy_or_recover, "all that is there was taken"});
        else if (announced < there)
            all.faults.push_back({"its header announces " + words(announced) + ", but " + words(there) + " are there",
                                  "add --recover to take all of it, or " + convert_first(file_), "all of it was taken"});
        else if (within_a_frame_)
            all.faults.push_back(
                {"truncated: ends within a frame of MPEG at " + time(frames_), copy_or_recover, "that frame was left out"});
        if (damaged_ > 0)
            all.faults.push_back({"damaged at " + time(damage_.first) +
                                      (damaged_ > 1 ? " and at " + std::to_string(damaged_ - 1) + " more places" : "") + ": " +
                                      std::to_string(damage_.second) + " bytes there are no frames of MPEG",
                                  copy_or_recover, "what is damaged was left out, and the sound is shorter by it"});
        if (impossible_ > 0)
            all.faults.push_back({"damaged at " + time(impossible_at_) +
                                      (impossible_ > 1 ? " and at " + std::to_string(impossible_ - 1) + " more places" : "") +
                                      ": a frame of MPEG there contradicts itself",
                                  copy_or_recover, "what is damaged was left out, and the sound is shorter by it"});
        if (behind_ > 0)
            all.faults.push_back(
                {"behind its sound, at " + time(frames_) + ", stand " + std::to_string(behind_) + " bytes that are no frames of its kind",
                 "add --recover to leave them out, or " + convert_first(file_), "they were left out"});
        all.head.assign(empty_tag.begin(), empty_tag.end());
        if (announced_ && announced == frames_ && announced_->trimmed) {   // without, the header tells no more than ours
            all.may_trim = *announced_->trimmed + decoder_delay;
            all.parts.insert(all.parts.begin(), {first_bytes_, first_bytes_ + first_.bytes});
        } else if (first_.layer == 3) {
            // mpg123 takes its own delay off the beginning; the silence pushes the last of the sound out.
            const auto like = bytes_.at(first_bytes_, head_bytes);
            const auto ours = frame_that_announces(frames_ + 1, like);
            all.head.insert(all.head.end(), ours.begin(), ours.end());
            all.tail = silent_frame(like);
        }
        return all;
    }

    byte_source& file_;
    window bytes_;
    frame_head first_;
    std::uint64_t first_bytes_ = 0;   ///< where they begin
    std::uint64_t end_ = 0;           ///< of what may be frames
    std::optional<announcement> announced_;
    std::uint64_t frames_ = 0;   ///< of MPEG, with sound
    std::vector<byte_range> parts_;
    bool within_a_frame_ = false;
    std::uint64_t damaged_ = 0;                        ///< places
    std::pair<std::uint64_t, std::uint64_t> damage_;   ///< the first: frames in front of it, its bytes
    std::uint64_t impossible_ = 0;                     ///< frames whose content cannot be what they say
    std::uint64_t impossible_at_ = 0;                  ///< the first: frames in front of it
    std::uint64_t behind_ = 0;                         ///< bytes
};

}   // namespace

std::optional<decoder_input> examine_mpeg(byte_source& file, const std::optional<byte_range>& sound) { return frame_walk{file}(sound); }

}   // namespace command
