// SPDX-License-Identifier: BSL-1.0
#include "audio/audio_reader.hpp"
#include "audio/block.hpp"
#include "audio/channel_spans.hpp"
#include "subcommands/subcommands.hpp"
#include "support/failure.hpp"
#include "support/number.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace command {

namespace {

constexpr auto explanation =
    R"(The null of two recordings: the RMS value of A - B over that of A, in decibels,
all channels together, and the largest difference re full scale. Samples are read
as doubles and compared one by one: no alignment, no gain matching. -inf means
that every sample is the same, inf that A is silent and B is not. A sample that is
infinite or not a number is refused: nothing cancels it.

Example:
  phono compare original.wav played.wav)";

void require_alike(const std::string& a, const recording& x, const std::string& b, const recording& y)
{
    const auto differ = [&](const std::string& what) { return failure{a + " and " + b + " differ in " + what + "; nothing to compare"}; };
    if (x.sample_rate != y.sample_rate) throw differ("sample rate");
    if (x.channels != y.channels) throw differ("channels");
}

// Of sums of squares in long double, whose ratio may be too small for a double.
std::string decibels(long double ratio) { return ratio > 0.0L ? fixed(double(20.0L * std::log10(ratio)), 2) : "-inf"; }

void run(const std::string& a, const std::string& b, bool recover)
{
    audio_reader first{a, recover};
    audio_reader second{b, recover};
    require_alike(a, first.about(), b, second.about());
    const auto channels = static_cast<std::size_t>(first.about().channels);
    channel_memory memory_a{channels, block_frames}, memory_b{channels, block_frames};
    const auto x = memory_a(channels, block_frames), y = memory_b(channels, block_frames);
    long double signal = 0.0L;   // sums over millions of samples
    long double residual = 0.0L;
    double largest = 0.0;
    for (;;) {
        const auto frames = first.read(x);
        if (second.read(y) != frames) throw failure{a + " and " + b + " differ in length; nothing to compare"};
        if (frames == 0) break;
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < frames; ++i) {
                const double difference = x[c][i] - y[c][i];
                signal += static_cast<long double>(x[c][i]) * x[c][i];
                residual += static_cast<long double>(difference) * difference;
                largest = std::max(largest, std::abs(difference));
            }
    }
    const long double null = signal > 0.0L ? std::sqrt(residual / signal) : residual > 0.0L ? INFINITY : 0.0L;
    for (const auto* one : {&first, &second})
        for (const auto& assumption : one->assumptions())
            std::cerr << "phono: warning: " << (one == &first ? a : b) << ": " << assumption << '\n';
    std::cout << "residual " << decibels(null) << " dB re the signal, peak " << decibels(largest) << " dBFS\n";
}

}   // namespace

void add_compare(CLI::App& app)
{
    struct arguments {
        std::string a, b;
        bool recover = false;
    };
    const auto given = std::make_shared<arguments>();
    auto& sub = *app.add_subcommand("compare", "measure how far two recordings cancel");
    sub.add_option("A", given->a, "the reference")->required();
    sub.add_option("B", given->b, "what is compared with it")->required();
    sub.add_flag("--recover", given->recover, "take what is there of a damaged recording");
    sub.footer(explanation);
    sub.callback([given] { run(given->a, given->b, given->recover); });
}

}   // namespace command
