// SPDX-License-Identifier: BSL-1.0
#include "audio/library_samples.hpp"

#include "containers/au.hpp"
#include "containers/extent.hpp"
#include "containers/mpeg_frames.hpp"
#include "containers/ogg.hpp"
#include "support/failure.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

namespace command {

namespace {

// The sizes that programs leave in a header when they write to a pipe.
bool means_unknown_length(std::string_view size)
{
    return size == "4294967295" || size == "4294967294" || size == "2147483647" || size == "0";
}

// libsndfile opens a cut-off file as a shorter one and says so only in its log: ` Data Size : 176400 (should be 88200)`.
std::optional<std::string> announced_by(SNDFILE* file)
{
    std::array<char, 16384> text{};
    sf_command(file, SFC_GET_LOG_INFO, text.data(), static_cast<int>(text.size()));
    std::istringstream log{text.data()};
    for (std::string line; std::getline(log, line);) {
        const auto note = line.find("(should be");
        const auto colon = line.find(':');
        if (note == std::string::npos || colon == std::string::npos || colon > note) continue;
        std::istringstream words{line.substr(colon + 1)};
        std::string size;
        words >> size;
        if (line.find("ata") < colon && !means_unknown_length(size)) return size;   // data, Data Size
    }
    return std::nullopt;
}

sample_format nearest_format(int subtype)
{
    switch (subtype & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_S8:
        case SF_FORMAT_PCM_U8:
        case SF_FORMAT_ALAC_16:
        case SF_FORMAT_PCM_16: return sample_format::pcm16;
        case SF_FORMAT_ALAC_32:
        case SF_FORMAT_PCM_32: return sample_format::pcm32;
        case SF_FORMAT_FLOAT: return sample_format::float32;
        case SF_FORMAT_DOUBLE: return sample_format::float64;
        default: return sample_format::pcm24;   // ALAC 20 and 24, and decoders' output: Ogg Vorbis, Opus, ADPCM ...
    }
}

// What a part of a format is to libsndfile: `VOC (Creative Labs)` or `IMA ADPCM`.
std::string name_of_format(int part)
{
    SF_FORMAT_INFO info{};
    info.format = part;
    return sf_command(nullptr, SFC_GET_FORMAT_INFO, &info, sizeof info) == 0 && info.name != nullptr ? info.name : "unknown";
}

}   // namespace

struct library_samples::callbacks {
    static library_samples& of(void* self) { return *static_cast<library_samples*>(self); }

    static sf_count_t size(void* self) { return static_cast<sf_count_t>(of(self).bytes_->size()); }
    static sf_count_t tell(void* self) { return static_cast<sf_count_t>(of(self).bytes_->position()); }

    static sf_count_t seek(sf_count_t offset, int whence, void* self)
    {
        const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell(self) : size(self);
        if (base + offset < 0) return -1;
        of(self).bytes_->move_to(static_cast<std::uint64_t>(base + offset));
        return tell(self);
    }

    static sf_count_t read(void* buffer, sf_count_t count, void* self)
    try {
        return static_cast<sf_count_t>(of(self).bytes_->read({static_cast<unsigned char*>(buffer), static_cast<std::size_t>(count)}));
    } catch (...) {
        of(self).thrown_ = std::current_exception();
        return 0;
    }

    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
};

library_samples::library_samples(byte_source& source, bool recover) : source_{source}, may_end_early_{recover}
{
    std::optional<decoder_input> input = examine_ogg(source);
    if (!input) input = examine_au(source);
    if (!input) input = examine_mpeg(source);
    const bool examined = input.has_value();
    if (!input) input = all_of(source);
    judge(*input, recover);
    open(*input);
    require_all(*input);
    if (examined) return;
    if (const auto announced = announced_by(file_.get())) {
        const auto what = "truncated: its header announces " + *announced + " bytes of samples, which the file does not hold";
        if (!recover) throw failure{source_.name() + ": " + what + "; " + copy_or_recover};
        assumptions_.push_back(what + "; all that is there was taken");
    }
    assumptions_.push_back("is of a kind whose length is not checked, " + name_of_format(info_.format & SF_FORMAT_TYPEMASK) + ": compare " +
                           words(info_.frames) + " with what its recorder says");
}

library_samples::library_samples(byte_source& source, const sound_layout& layout, sound_stream& compared, bool recover)
    : source_{source},
      is_of_chunks_{true},
      may_end_early_{recover || !compared.assumptions().empty()},
      chunks_{compared.chunks().hand_over()},
      assumptions_{compared.assumptions()}
{
    std::optional<decoder_input> input;
    if (layout.is_mpeg && compared.size()) input = examine_mpeg(source, byte_range{layout.begin, layout.begin + *compared.size()});
    if (!input) input = all_of(source);
    judge(*input, recover);
    open(*input);
    require_all(*input);
    const auto counted = static_cast<std::int64_t>(std::min<std::uint64_t>(layout.counted.value_or(0), SF_COUNT_MAX));
    // The last block is as long as all others, and what it holds behind the last frame is no sound.
    if (frames_ && counted > 0 && counted <= *frames_ && *frames_ - counted < static_cast<std::int64_t>(layout.frames_in_block))
        frames_ = counted;
}

void library_samples::judge(const decoder_input& input, bool recover)
{
    for (const auto& one : input.faults) {
        if (!recover) throw failure{source_.name() + ": " + one.what + "; " + one.way_out};
        assumptions_.push_back(one.what + "; " + one.assumed);
    }
}

std::string library_samples::words(std::int64_t frames) const
{
    return std::to_string(frames) + " frames (" + time_words(double(frames) / info_.samplerate) + ')';
}

void library_samples::open(const decoder_input& input)
{
    bytes_.emplace(source_, input);
    io_ = {callbacks::size, callbacks::seek, callbacks::read, callbacks::write, callbacks::tell};
    file_.reset(sf_open_virtual(&io_, SFM_READ, &info_, this));
    if (thrown_) std::rethrow_exception(thrown_);
    if (!file_)
        throw failure{source_.name() + ": not a sound file that can be read: " + sf_strerror(nullptr) + " If it is one, " +
                      convert_first(source_)};
    if (info_.frames >= 0 && info_.frames < SF_COUNT_MAX) frames_ = info_.frames;
}

// libsndfile plays no more than it counts, so it must not count less than is there. More is an estimate, and the right count stands for it.
void library_samples::require_all(const decoder_input& input)
{
    if (!input.frames || !frames_) return;
    const auto there = static_cast<std::int64_t>(*input.frames);
    if (*frames_ + static_cast<std::int64_t>(input.may_trim) < there)
        throw failure{source_.name() + ": libsndfile would play " + words(*frames_) + " of the " + words(there) + " that are there; " +
                      convert_first(source_)};
    frames_ = std::min(*frames_, there);
}

recording library_samples::about() const
{
    recording about;
    about.sample_rate = info_.samplerate;
    about.channels = info_.channels;
    about.frames = frames_;
    about.format = nearest_format(info_.format);
    return about;
}

std::string library_samples::kind() const
{
    const auto encoding = name_of_format(info_.format & SF_FORMAT_SUBMASK);
    return is_of_chunks_ ? encoding : name_of_format(info_.format & SF_FORMAT_TYPEMASK) + ", " + encoding;
}

std::size_t library_samples::read(const channel_spans& channels)
{
    auto capacity = static_cast<sf_count_t>(frames_of(channels));
    if (frames_)
        capacity = std::min<sf_count_t>(capacity, *frames_ - position_);   // what follows is what the decoder was given for its end
    if (capacity == 0) return 0;
    interleaved_.resize(static_cast<std::size_t>(capacity * info_.channels));
    const auto frames = sf_readf_double(file_.get(), interleaved_.data(), capacity);
    if (thrown_) std::rethrow_exception(thrown_);
    position_ += frames;
    if (sf_error(file_.get()) != SF_ERR_NO_ERROR)
        throw failure{source_.name() + ": damaged at " + time_words(double(position_) / info_.samplerate) + ": " +
                      sf_strerror(file_.get()) + " Copy it again from its source, or " + convert_first(source_)};
    if (frames < capacity && frames_ && position_ < *frames_ && !ended_early_) {
        ended_early_ = true;
        const auto what = "ends after " + words(position_) + " of " + words(*frames_);
        if (!may_end_early_) throw failure{source_.name() + ": truncated: " + what + "; " + copy_or_recover};
        assumptions_.push_back(what + "; all that is there was taken");
    }
    separate(interleaved_, part_of(channels, 0, static_cast<std::size_t>(frames)));
    return static_cast<std::size_t>(frames);
}

}   // namespace command
