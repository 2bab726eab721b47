// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/measure.hpp"
#include "support/programs.hpp"

#include <functional>
#include <numeric>
#include <string>
#include <vector>

/// Sounds to play through programs, and measurements of those that come back.
namespace programs {

inline constexpr int wav_double = SF_FORMAT_WAV | SF_FORMAT_DOUBLE;
inline constexpr int wav_float = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
inline constexpr int wav_16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

inline audio sine(double amplitude, double hertz, int rate, double seconds, int format = wav_double)
{
    audio sound{rate, 1, std::vector<double>(static_cast<std::size_t>(seconds * rate)), format};
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = amplitude * std::sin(2.0 * double(measure::pi) * hertz / rate * double(i));
    return sound;
}

inline audio noise(double amplitude, int rate, int channels, double seconds, int format = wav_double)
{
    audio sound{rate, channels, measure::noise<double>(static_cast<std::size_t>(seconds * rate * channels), 1), format};
    for (double& x : sound.samples) x *= amplitude;
    return sound;
}

/// A voice from Debian's alsa-utils; noise and a tone where that is not installed.
inline audio voice()
{
    const fs::path spoken = "/usr/share/sounds/alsa/Front_Center.wav";
    if (fs::exists(spoken)) return read(spoken);
    audio made = noise(0.1, 48'000, 1, 1.5);
    const auto tone = sine(0.2, 440.0, 48'000, 1.5);
    std::transform(made.samples.begin(), made.samples.end(), tone.samples.begin(), made.samples.begin(), std::plus{});
    return made;
}

/// The same on several channels, each later and quieter than the one before, so that swapped or mixed channels are detected.
inline audio spread(const audio& mono, int channels, int format)
{
    audio sound{mono.rate, channels, {}, format};
    const std::size_t frames = mono.samples.size();
    for (std::size_t i = 0; i < frames; ++i)
        for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c)
            sound.samples.push_back(mono.samples[(i + frames - 997 * c) % frames] / double(c + 1));
    return sound;
}

inline std::vector<double> channel(const audio& sound, int which)
{
    std::vector<double> samples;
    for (auto i = static_cast<std::size_t>(which); i < sound.samples.size(); i += static_cast<std::size_t>(sound.channels))
        samples.push_back(sound.samples[i]);
    return samples;
}

/// The end of a signal.
inline std::vector<double> last(const std::vector<double>& x, std::size_t count)
{
    return {x.end() - static_cast<std::ptrdiff_t>(count), x.end()};
}

inline double rms(const std::vector<double>& x)
{
    return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / double(x.size()));
}

inline double difference_db(const std::vector<double>& a, const std::vector<double>& b)
{
    REQUIRE(a.size() == b.size());
    std::vector<double> difference(a.size());
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus{});
    return 20.0 * std::log10(rms(difference) / rms(b) + 1e-20);
}

inline double largest_difference(const std::vector<double>& a, const std::vector<double>& b)
{
    REQUIRE(a.size() == b.size());
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

inline bool same_file(const workshop& shop, const std::string& a, const std::string& b) { return contents(shop / a) == contents(shop / b); }

/// Amplitude of one frequency in a recording that holds whole periods of it.
inline double amplitude(const std::vector<double>& x, double hertz, double rate)
{
    return 2.0 * std::abs(measure::transform(x, hertz, rate)) / double(x.size());
}

}   // namespace programs
