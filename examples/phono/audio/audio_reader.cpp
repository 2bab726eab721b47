// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_reader.hpp"

#include "audio/sample_check.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <phono/kernel/sample_range.hpp>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>

namespace command {

namespace {

namespace fs = std::filesystem;

constexpr int lowest_rate = 8'000;
constexpr int highest_rate = 768'000;

void require_readable(const fs::path& file)
{
    std::error_code error;
    const auto status = fs::status(file, error);
    if (!fs::exists(status)) throw failure{file.string() + ": no such file"};
    if (!fs::is_regular_file(status)) throw failure{file.string() + ": not a regular file; give a sound file on disk"};
    errno = 0;
    if (!std::ifstream{file}) throw failure{file.string() + ": cannot be read: " + std::strerror(errno)};
    if (fs::file_size(file, error) == 0) throw failure{file.string() + ": the file is empty"};
}

// The sizes that programs leave in the header when they write to a pipe and do not know better.
bool means_unknown(std::string_view size) { return size == "4294967295" || size == "2147483647" || size == "2147479552" || size == "0"; }

// libsndfile opens a cut-off file as a shorter one and says so only in its log, for the chunk that holds the samples:
// ` data : 176400 (should be 88200)`.
std::optional<std::string> truncation(SNDFILE* file)
{
    std::array<char, 16384> text{};
    sf_command(file, SFC_GET_LOG_INFO, text.data(), static_cast<int>(text.size()));
    std::istringstream log{text.data()};
    for (std::string line; std::getline(log, line);) {
        std::istringstream words{line};
        std::string chunk, colon, size, rest;
        words >> chunk >> colon >> size >> rest;
        const bool holds_samples = chunk == "data" || chunk == "SSND";
        if (holds_samples && line.find("(should be") != std::string::npos && !means_unknown(size)) return size;
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

audio_reader::audio_reader(const fs::path& file, bool) : path_{file}
{
    require_readable(file);
    SF_INFO info{};
    file_.reset(sf_open(file.c_str(), SFM_READ, &info));
    if (!file_) throw failure{file.string() + ": not a sound file that can be read: " + sf_strerror(nullptr)};
    if (const auto announced = truncation(file_.get()))
        throw failure{file.string() + ": truncated: its header announces " + *announced +
                      " bytes of samples, which the file does not hold; copy it again from its source"};
    if (info.channels < 1) throw failure{file.string() + ": has no channels"};
    if (info.samplerate < lowest_rate || info.samplerate > highest_rate)
        throw failure{file.string() + ": sample rate " + std::to_string(info.samplerate) + " Hz; phono works from " +
                      std::to_string(lowest_rate) + " to " + std::to_string(highest_rate) + " Hz: resample it first"};
    if (info.frames == 0) throw failure{file.string() + ": holds no samples"};

    about_.sample_rate = info.samplerate;
    about_.channels = info.channels;
    if (info.frames > 0 && info.frames < SF_COUNT_MAX) about_.frames = info.frames;
    about_.format = nearest_format(info.format);
}

std::size_t audio_reader::read(std::span<double> interleaved)
{
    const auto channels = static_cast<std::size_t>(about_.channels);
    const auto capacity = interleaved.size() / channels;
    const auto begin = position_;
    const auto frames = sf_readf_double(file_.get(), interleaved.data(), static_cast<sf_count_t>(capacity));
    position_ += frames;
    if (sf_error(file_.get()) != SF_ERR_NO_ERROR)
        throw failure{path_.string() + ": damaged at " + fixed(double(position_) / about_.sample_rate, 3) +
                      " s: " + sf_strerror(file_.get())};
    if (frames < static_cast<sf_count_t>(capacity) && about_.frames && position_ < *about_.frames)
        throw failure{path_.string() + ": truncated: ends after " + std::to_string(position_) + " of " + std::to_string(*about_.frames) +
                      " frames; copy it again from its source"};
    if (position_ == 0) throw failure{path_.string() + ": holds no samples"};
    // One such sample would stay in the filters' state and spoil the rest of the file.
    const auto read = interleaved.first(static_cast<std::size_t>(frames) * channels);
    constexpr double most = phono::largest_input<double>;
    if (const auto bad = first_beyond(most, read, channels, static_cast<std::size_t>(begin), about_.sample_rate))
        throw failure{path_.string() + ": channel " + std::to_string(bad->channel + 1) + " holds " + words(*bad) +
                      (std::isfinite(bad->value) ? ", more than the " + brief(most) + " that phono takes; lower the recording's level first"
                                                 : "; repair the recording there")};
    return static_cast<std::size_t>(frames);
}

}   // namespace command
