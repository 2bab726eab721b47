// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_writer.hpp"
#include "support/failure.hpp"
#include "support/output_stream.hpp"
#include "writers/surroundings.hpp"

#include <cstdint>
#include <string>

// What containers cannot hold, said before anything is written.
namespace command {

namespace {

constexpr auto as_wav = "; give the output the extension .wav";

void require_flac(const std::string& file, const recording& about)
{
    constexpr int highest_rate = 655'350, most_channels = 8;
    constexpr int highest_exact = 65'535;   // above, the frames tell the rate in tens of hertz
    const auto rate = std::to_string(about.sample_rate);
    if (about.sample_rate > highest_rate)
        throw failure{file + ": FLAC holds rates up to " + std::to_string(highest_rate) + " Hz, not " + rate + " Hz" + as_wav};
    if (about.sample_rate > highest_exact && about.sample_rate % 10 != 0)
        throw failure{file + ": FLAC holds rates above " + std::to_string(highest_exact) + " Hz in tens of hertz, not " + rate + " Hz" +
                      as_wav};
    if (about.channels > most_channels)
        throw failure{file + ": FLAC holds at most " + std::to_string(most_channels) + " channels, not " + std::to_string(about.channels) +
                      as_wav};
}

void require_aiff(const std::string& file, const recording& about, const sound_description& sound)
{
    constexpr int most_channels = 32'767;
    if (about.channels > most_channels)
        throw failure{file + ": AIFF holds at most " + std::to_string(most_channels) + " channels, not " + std::to_string(about.channels) +
                      "; give the output the extension .caf"};
    if (about.frames && static_cast<std::uint64_t>(*about.frames) > most_frames_in_32_bits(sound))
        throw failure{file + ": AIFF holds at most 4 GiB; give the output the extension .caf, .wav or .rf64"};
}

// The header has 16 bits for the bytes of a frame and 32 for those of a second.
void require_wave(const std::string& file, const sound_description& sound)
{
    if (sound.frame_bytes() > 0xffff || sound.frame_bytes() * static_cast<std::uint64_t>(sound.sample_rate) > most_in_32_bits)
        throw failure{file + ": WAV, RF64 and Wave64 cannot hold " + std::to_string(sound.channels) + " channels of " +
                      std::string{name(sound.format)} + " at " + std::to_string(sound.sample_rate) +
                      " Hz; give the output the extension .caf"};
}

bool can_be_streamed(container kind) { return kind == container::wav || kind == container::flac || kind == container::caf; }

}   // namespace

void require_storable(const std::filesystem::path& file, const recording& about, sample_format format)
{
    const auto name = file.string();
    const auto kind = container_of(file);
    const sound_description sound{about.sample_rate, about.channels, about.speakers, format, {}};
    if (!holds(kind, format))
        throw failure{name + ": FLAC cannot hold " + std::string{command::name(format)} + " samples; add --format pcm24, or" +
                      std::string{as_wav}.substr(1)};
    switch (kind) {
        case container::flac: require_flac(name, about); break;
        case container::aiff: require_aiff(name, about, sound); break;
        case container::caf: break;
        case container::wav:
        case container::rf64:
        case container::wave64: require_wave(name, sound); break;
    }
    if (!is_stream(file)) return require_replaceable(file);
    if (!can_be_streamed(kind)) throw failure{name + ": this kind of file cannot be written to a pipe; use .wav, .flac or .caf"};
    require_streamable(file);
}

}   // namespace command
