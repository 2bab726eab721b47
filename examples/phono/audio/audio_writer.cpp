// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_writer.hpp"

#include "support/failure.hpp"

#include <cerrno>
#include <cstring>
#include <limits>
#include <string>

namespace command {

namespace {

namespace fs = std::filesystem;

// RIFF and AIFF count their bytes in 32 bits; a mebibyte is left for headers, tags and markers.
constexpr std::int64_t room_in_32_bits = std::numeric_limits<std::uint32_t>::max() - (std::int64_t{1} << 20);

std::int64_t bytes_of(const recording& about, sample_format format)
{
    return about.frames.value_or(std::numeric_limits<std::int64_t>::max() / 4096) * about.channels * (bits(format) / 8);
}

bool fits_32_bits(const recording& about, sample_format format) { return about.frames && bytes_of(about, format) <= room_in_32_bits; }

int subtype(sample_format format)
{
    switch (format) {
        case sample_format::pcm16: return SF_FORMAT_PCM_16;
        case sample_format::pcm24: return SF_FORMAT_PCM_24;
        case sample_format::pcm32: return SF_FORMAT_PCM_32;
        case sample_format::float32: return SF_FORMAT_FLOAT;
        case sample_format::float64: return SF_FORMAT_DOUBLE;
    }
    return 0;
}

int major(container kind, const recording& about, sample_format format)
{
    switch (kind) {
        case container::flac: return SF_FORMAT_FLAC;
        case container::aiff: return SF_FORMAT_AIFF;
        case container::rf64: return SF_FORMAT_RF64;
        case container::wav:
            if (!fits_32_bits(about, format)) return SF_FORMAT_RF64;
            return about.speakers != 0 || about.channels > 2 ? SF_FORMAT_WAVEX : SF_FORMAT_WAV;
    }
    return 0;
}

SF_INFO layout(const fs::path& file, const recording& about, sample_format format)
{
    SF_INFO info{};
    info.samplerate = about.sample_rate;
    info.channels = about.channels;
    info.format = major(container_of(file), about, format) | subtype(format);
    return info;
}

}   // namespace

void require_storable(const fs::path& file, const recording& about, sample_format format)
{
    const auto kind = container_of(file);
    if (!holds(kind, format))
        throw failure{file.string() + ": FLAC cannot hold " + std::string{name(format)} +
                      " samples; add --format pcm24, or give the output the extension .wav"};
    if (kind == container::flac && about.sample_rate > 655'350)
        throw failure{file.string() + ": FLAC holds rates up to 655350 Hz, not " + std::to_string(about.sample_rate) +
                      " Hz; give the output the extension .wav"};
    if (kind == container::flac && about.channels > 8)
        throw failure{file.string() + ": FLAC holds at most 8 channels, not " + std::to_string(about.channels) +
                      "; give the output the extension .wav"};
    if (kind == container::aiff && !fits_32_bits(about, format))
        throw failure{file.string() + ": AIFF holds at most 4 GiB; give the output the extension .wav or .rf64"};
    const auto info = layout(file, about, format);
    if (sf_format_check(&info) == SF_FALSE)
        throw failure{file.string() + ": this kind of file cannot hold " + std::to_string(about.channels) + " channels of " +
                      std::string{name(format)} + " at " + std::to_string(about.sample_rate) + " Hz; give the output the extension .wav"};
}

audio_writer::audio_writer(const fs::path& file, const recording& about, sample_format format, const std::vector<chunk>&)
    : path_{file}, partial_{(require_storable(file, about, format), file)}
{
    auto info = layout(file, about, format);
    file_.reset(sf_open_fd(partial_.descriptor(), SFM_WRITE, &info, SF_FALSE));
    if (!file_) throw failure{file.string() + ": cannot be written: " + sf_strerror(nullptr)};
    // No PEAK chunk: it holds the time of writing, and the same input must give the same file.
    sf_command(file_.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    // A WAV of unknown length is begun as RF64 and becomes a plain one if it turns out to fit.
    if (container_of(file) == container::wav) sf_command(file_.get(), SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
}

void audio_writer::require(sf_count_t written, std::size_t wanted) const
{
    if (written == static_cast<sf_count_t>(wanted) && sf_error(file_.get()) == SF_ERR_NO_ERROR) return;
    const std::string reason = errno != 0 ? std::strerror(errno) : sf_strerror(file_.get());
    throw failure{path_.string() + ": could not be written: " + reason};
}

void audio_writer::write(std::span<const std::int32_t> interleaved)
{
    errno = 0;
    require(sf_write_int(file_.get(), interleaved.data(), static_cast<sf_count_t>(interleaved.size())), interleaved.size());
}

void audio_writer::write(std::span<const double> interleaved)
{
    errno = 0;
    require(sf_write_double(file_.get(), interleaved.data(), static_cast<sf_count_t>(interleaved.size())), interleaved.size());
}

void audio_writer::finish()
{
    errno = 0;
    if (const int error = sf_close(file_.release()); error != SF_ERR_NO_ERROR)
        throw failure{path_.string() + ": could not be finished: " + (errno != 0 ? std::strerror(errno) : sf_error_number(error))};
    partial_.commit();
}

}   // namespace command
