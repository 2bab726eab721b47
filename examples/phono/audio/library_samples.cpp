// SPDX-License-Identifier: BSL-1.0
#include "audio/library_samples.hpp"

#include "containers/extent.hpp"
#include "containers/ogg.hpp"
#include "support/failure.hpp"

#include <array>
#include <sstream>
#include <string_view>

namespace command {

namespace {

// The sizes that programs leave in the header of an AU file when they write to a pipe.
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

}   // namespace

struct library_samples::callbacks {
    static library_samples& of(void* self) { return *static_cast<library_samples*>(self); }

    static sf_count_t size(void* self) { return static_cast<sf_count_t>(of(self).source_.size().value_or(0)); }
    static sf_count_t tell(void* self) { return static_cast<sf_count_t>(of(self).source_.position()); }

    static sf_count_t seek(sf_count_t offset, int whence, void* self)
    {
        const auto base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell(self) : size(self);
        if (base + offset < 0) return -1;
        of(self).source_.move_to(static_cast<std::uint64_t>(base + offset));
        return tell(self);
    }

    static sf_count_t read(void* buffer, sf_count_t count, void* self)
    try {
        return static_cast<sf_count_t>(of(self).source_.read({static_cast<unsigned char*>(buffer), static_cast<std::size_t>(count)}));
    } catch (...) {
        of(self).thrown_ = std::current_exception();
        return 0;
    }

    static sf_count_t write(const void*, sf_count_t, void*) { return 0; }
};

library_samples::library_samples(byte_source& source, bool recover) : source_{source}, may_end_early_{recover}
{
    open();
    const auto position = source_.position();   // of which libsndfile knows
    std::string what;
    if (const auto announced = announced_by(file_.get()))
        what = "truncated: its header announces " + *announced + " bytes of samples, which the file does not hold";
    else if (ogg_is_cut(source_)) what = "truncated: the last page of its Ogg stream is missing";
    source_.move_to(position);
    if (what.empty()) return;
    if (!recover) throw failure{source_.name() + ": " + what + "; copy it again from its source, or add --recover to take what is there"};
    assumptions_.push_back(what + "; all that is there was taken");
}

library_samples::library_samples(byte_source& source, sound_stream& compared)
    : source_{source},
      may_end_early_{!compared.assumptions().empty()},
      chunks_{compared.chunks().hand_over()},
      assumptions_{compared.assumptions()}
{
    open();
}

void library_samples::open()
{
    io_ = {callbacks::size, callbacks::seek, callbacks::read, callbacks::write, callbacks::tell};
    source_.move_to(0);
    file_.reset(sf_open_virtual(&io_, SFM_READ, &info_, this));
    if (thrown_) std::rethrow_exception(thrown_);
    if (!file_) throw failure{source_.name() + ": not a sound file that can be read: " + sf_strerror(nullptr)};
}

recording library_samples::about() const
{
    recording about;
    about.sample_rate = info_.samplerate;
    about.channels = info_.channels;
    if (info_.frames >= 0 && info_.frames < SF_COUNT_MAX) about.frames = info_.frames;
    about.format = nearest_format(info_.format);
    return about;
}

std::size_t library_samples::read(std::span<double> interleaved)
{
    const auto capacity = static_cast<sf_count_t>(interleaved.size()) / info_.channels;
    const auto frames = sf_readf_double(file_.get(), interleaved.data(), capacity);
    if (thrown_) std::rethrow_exception(thrown_);
    position_ += frames;
    if (sf_error(file_.get()) != SF_ERR_NO_ERROR)
        throw failure{source_.name() + ": damaged at " + time_words(double(position_) / info_.samplerate) + ": " +
                      sf_strerror(file_.get())};
    if (!may_end_early_ && frames < capacity && info_.frames < SF_COUNT_MAX && position_ < info_.frames)
        throw failure{source_.name() + ": truncated: ends after " + std::to_string(position_) + " of " + std::to_string(info_.frames) +
                      " frames; copy it again from its source"};
    return static_cast<std::size_t>(frames);
}

}   // namespace command
