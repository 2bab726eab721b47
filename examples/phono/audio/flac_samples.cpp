// SPDX-License-Identifier: BSL-1.0
#include "audio/flac_samples.hpp"

#include "containers/extent.hpp"
#include "containers/tail.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

namespace command {

namespace {

constexpr std::int64_t most_lost = 16'777'216;              // frames between two others, for which silence stands
constexpr std::size_t most_told = 10;                       // damaged places, one by one
constexpr std::size_t most_recent = std::size_t{4} << 20;   // bytes; a frame is shorter

// The beginning of a FLAC file with nothing but STREAMINFO. Without its count of frames the decoder goes on to the end of the stream.
std::vector<unsigned char> head_of(const std::vector<unsigned char>& stream_info, bool counted)
{
    std::vector<unsigned char> head{'f', 'L', 'a', 'C', 0x80, 0, 0, static_cast<unsigned char>(stream_info.size())};
    head.insert(head.end(), stream_info.begin(), stream_info.end());
    if (!counted) {
        head[8 + 13] &= 0xf0;
        std::fill_n(head.begin() + 8 + 14, 4, static_cast<unsigned char>(0));
    }
    return head;
}

}   // namespace

// Exceptions must not pass through libFLAC.
struct flac_samples::callbacks {
    static flac_samples& of(void* self) { return *static_cast<flac_samples*>(self); }

    static FLAC__StreamDecoderReadStatus read(const FLAC__StreamDecoder*, FLAC__byte* buffer, std::size_t* bytes, void* self)
    try {
        auto& x = of(self);
        const auto from_head = std::min(*bytes, x.head_.size() - x.head_read_);
        std::copy_n(x.head_.begin() + static_cast<std::ptrdiff_t>(x.head_read_), from_head, buffer);
        x.head_read_ += from_head;
        *bytes = from_head > 0 ? from_head : x.source_.read({buffer, *bytes});
        if (from_head == 0 && !x.source_.size()) {
            if (x.recent_.size() > most_recent) x.recent_.clear();   // no frame is as long: all is damaged
            x.recent_.insert(x.recent_.end(), buffer, buffer + *bytes);
        }
        return *bytes > 0 ? FLAC__STREAM_DECODER_READ_STATUS_CONTINUE : FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
    } catch (...) {
        of(self).thrown_ = std::current_exception();
        return FLAC__STREAM_DECODER_READ_STATUS_ABORT;
    }

    static FLAC__StreamDecoderTellStatus tell(const FLAC__StreamDecoder*, FLAC__uint64* position, void* self)
    {
        *position = of(self).source_.position();
        return FLAC__STREAM_DECODER_TELL_STATUS_OK;
    }

    static FLAC__StreamDecoderWriteStatus write(const FLAC__StreamDecoder*, const FLAC__Frame* frame, const FLAC__int32* const channels[],
                                                void* self)
    try {
        of(self).take(*frame, channels);
        return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
    } catch (...) {
        of(self).thrown_ = std::current_exception();
        return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
    }

    static void error(const FLAC__StreamDecoder*, FLAC__StreamDecoderErrorStatus status, void* self)
    {
        auto& x = of(self);
        if (!x.damage_.empty()) return;
        x.damaged_at_ = x.decoded_;
        switch (status) {
            case FLAC__STREAM_DECODER_ERROR_STATUS_LOST_SYNC: x.damage_ = "no frame begins where one should"; break;
            case FLAC__STREAM_DECODER_ERROR_STATUS_BAD_HEADER: x.damage_ = "the header of a frame is damaged"; break;
            case FLAC__STREAM_DECODER_ERROR_STATUS_FRAME_CRC_MISMATCH: x.damage_ = "a frame differs from its checksum"; break;
            default: x.damage_ = "a frame cannot be decoded"; break;
        }
    }
};

flac_samples::flac_samples(byte_source& source, sound_layout& layout, bool recover)
    : source_{source},
      layout_{layout},
      recover_{recover},
      decoder_{FLAC__stream_decoder_new()},
      head_{head_of(layout.stream_info, !recover)},
      end_of_frames_{layout.begin},
      chunks_{std::move(layout.in_front)},
      assumptions_{chunks_.left_out()}
{
    if (!decoder_) throw std::bad_alloc{};
    FLAC__stream_decoder_set_md5_checking(decoder_.get(), true);
    if (FLAC__stream_decoder_init_stream(decoder_.get(), callbacks::read, nullptr, callbacks::tell, nullptr, nullptr, callbacks::write,
                                         nullptr, callbacks::error, this) != FLAC__STREAM_DECODER_INIT_STATUS_OK)
        throw std::bad_alloc{};
}

flac_samples::~flac_samples() = default;

std::string flac_samples::time(std::uint64_t frames) const { return time_words(double(frames) / layout_.sample_rate); }

void flac_samples::report(const std::string& what, const std::string& with_recover)
{
    if (!recover_) throw failure{source_.name() + ": " + what + "; copy it again from its source, or add --recover to take what is there"};
    assumptions_.push_back(what + with_recover);
}

void flac_samples::report_damage(const std::string& at, const std::string& what, const std::string& with_recover)
{
    if (++damages_ <= most_told) report("damaged at " + at + ": " + what, with_recover);
}

std::size_t flac_samples::read(const channel_spans& channels)
{
    const auto count = static_cast<std::size_t>(layout_.channels), wanted = frames_of(channels);
    std::size_t done = 0;
    while (done < wanted) {
        if (handed_over_ == waiting_.size()) {
            waiting_.clear();
            handed_over_ = 0;
            if (!ended_) decode_one();
            if (waiting_.empty() && ended_) break;
        }
        const auto some = std::min(wanted - done, (waiting_.size() - handed_over_) / count);
        separate(std::span{waiting_}.subspan(handed_over_, some * count), part_of(channels, done, some));
        handed_over_ += some * count;
        done += some;
    }
    return done;
}

void flac_samples::decode_one()
{
    const bool works = FLAC__stream_decoder_process_single(decoder_.get());
    if (thrown_) std::rethrow_exception(thrown_);
    const bool at_end = FLAC__stream_decoder_get_state(decoder_.get()) == FLAC__STREAM_DECODER_END_OF_STREAM;
    // At the end the tags behind the last frame may have been tried as one.
    if (!damage_.empty() && !at_end) {
        report_damage(time(damaged_at_), std::string{damage_}, "; silence stands for what is lost there");
        damage_ = {};
    }
    if (!works && !at_end) throw failure{source_.name() + ": damaged at " + time(decoded_) + ": the stream cannot be decoded any further"};
    if (at_end) finish();
}

void flac_samples::take(const FLAC__Frame& frame, const FLAC__int32* const* channels)
{
    const auto& head = frame.header;
    const auto count = static_cast<std::size_t>(layout_.channels);
    if (head.channels != count || head.bits_per_sample != static_cast<unsigned>(layout_.encoding->valid_bits) ||
        head.sample_rate != static_cast<unsigned>(layout_.sample_rate))
        throw failure{source_.name() + ": damaged at " + time(decoded_) +
                      ": a frame has another number of channels or bits or another rate than " + "the stream's header says"};
    FLAC__stream_decoder_get_decode_position(decoder_.get(), &end_of_frames_);
    const auto not_consumed = static_cast<std::size_t>(source_.position() - end_of_frames_);
    if (recent_.size() > not_consumed) recent_.erase(recent_.begin(), recent_.end() - static_cast<std::ptrdiff_t>(not_consumed));
    if (decoded_ == 0 && !layout_.frames) first_ = static_cast<std::int64_t>(head.number.sample_number);
    // libFLAC gives samples, never frames. Smaller numbers than those before are another stream's, joined to this one.
    const auto number = static_cast<std::int64_t>(head.number.sample_number) - first_, wanted = static_cast<std::int64_t>(decoded_);
    if (number < wanted || number - wanted > most_lost) {
        report_damage(time(decoded_), "another stream begins", "; it was taken, too");
        first_ += number - wanted;
    } else if (number > wanted) {
        report_damage(time(decoded_), "frames are missing", "; silence stands for them");
        waiting_.resize(waiting_.size() + static_cast<std::size_t>(number - wanted) * count, 0.0);
        decoded_ = static_cast<std::uint64_t>(number);
    }
    const double step = std::ldexp(1.0, 1 - layout_.encoding->valid_bits);
    const auto begin = waiting_.size();
    waiting_.resize(begin + head.blocksize * count);
    for (std::size_t c = 0; c < count; ++c)
        for (std::size_t i = 0; i < head.blocksize; ++i) waiting_[begin + i * count + c] = channels[c][i] * step;
    decoded_ += head.blocksize;
}

void flac_samples::finish()
{
    ended_ = true;
    const auto told = layout_.frames.value_or(decoded_);
    const auto words = [&](std::uint64_t frames) {
        return std::to_string(frames) + " frames (" + time_words(double(frames) / layout_.sample_rate) + ')';
    };
    if (decoded_ != told)
        report((decoded_ < told ? "truncated: " : "") + ("its header announces " + words(told)) + ", the file holds " + words(decoded_),
               "; all that is there was taken");
    else examine_rest();
    if (damages_ > most_told)
        assumptions_.push_back("is damaged at " + std::to_string(damages_ - most_told) + " more places, which were dealt with alike");
    const bool same = FLAC__stream_decoder_finish(decoder_.get());   // true, too, where the stream has no checksum
    if (!same && damages_ == 0 && decoded_ == told) report("damaged: its sound differs from the checksum in its header", "");
}

void flac_samples::examine_rest()
{
    // Of a pipe the decoder may have read some of it.
    constexpr std::size_t most = std::size_t{1} << 20;
    if (!source_.size()) {
        const auto more = source_.take(most);
        recent_.insert(recent_.end(), more.begin(), more.end());
    }
    byte_source in_memory{source_.name(), recent_};
    auto& rest = source_.size() ? source_ : in_memory;
    const auto begin = source_.size() ? end_of_frames_ : 0;
    const auto end = end_of_rest(rest, begin);
    rest.move_to(begin);
    const auto bytes = rest.take(static_cast<std::size_t>(std::min<std::uint64_t>(end - begin, most_padding + 1)));
    if (bytes.size() <= most_padding && std::all_of(bytes.begin(), bytes.end(), [](unsigned char x) { return x == 0; })) return;
    const bool frame = bytes.size() > 1 && bytes[0] == 0xff && (bytes[1] & 0xfc) == 0xf8;
    if (frame && !layout_.frames) report("truncated: ends within a frame at " + time(decoded_), "; that frame was left out");
    else if (frame)
        report("its header announces " + std::to_string(decoded_) + " frames (" + time(decoded_) + "), but more sound follows", "");
    else report("behind its sound, at " + time(decoded_) + ", stands what is no frame", "; it was left out");
}

// Where tags of other formats begin, which are taken.
std::uint64_t flac_samples::end_of_rest(byte_source& rest, std::uint64_t begin)
{
    const auto tags = tags_at_end(rest, begin);
    for (const auto& tag : tags) {
        rest.move_to(tag.begin);
        chunks_.take(rest, tag.id, tag.size);
    }
    return tags.empty() ? *rest.size() : tags.front().begin;
}

}   // namespace command
