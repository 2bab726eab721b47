// SPDX-License-Identifier: BSL-1.0
#include "support/child.hpp"
#include "support/command.hpp"
#include "support/sounds.hpp"

#include <phono/phono.hpp>

namespace {

using namespace programs;
using std::string;

}   // namespace

namespace {

struct stored {
    const char* option;
    int subtype;
    double step;   // of two neighbouring values near full scale
};
constexpr std::array formats{
    stored{"pcm16", SF_FORMAT_PCM_16, 0x1p-15}, stored{"pcm24", SF_FORMAT_PCM_24, 0x1p-23},  stored{"pcm32", SF_FORMAT_PCM_32, 0x1p-31},
    stored{"float", SF_FORMAT_FLOAT, 0x1p-24},  stored{"double", SF_FORMAT_DOUBLE, 0x1p-53},
};

}   // namespace

TEST_CASE("Every container holds every format it can and keeps it by default")
{
    const auto [extension, major] = GENERATE(
        table<const char*, int>({{"wav", SF_FORMAT_WAV}, {"rf64", SF_FORMAT_RF64}, {"aiff", SF_FORMAT_AIFF}, {"flac", SF_FORMAT_FLAC}}));
    const workshop shop;
    const auto original = noise(0.9, 96'000, 2, 0.5);
    write(shop / "in.wav", original);
    for (const auto& kind : formats) {
        const string first = string{"first."} + extension, second = string{"second."} + extension;
        const string convert = "equalise in.wav " + first + " --curve acoustic --no-dither --overwrite --format " + kind.option;
        INFO(convert);
        if (major == SF_FORMAT_FLAC && kind.subtype == SF_FORMAT_PCM_32) continue;   // libsndfile 1.2 reads up to 24 bits
        if (major == SF_FORMAT_FLAC && kind.subtype != SF_FORMAT_PCM_16 && kind.subtype != SF_FORMAT_PCM_24) {
            CHECK(attempt(shop, convert).status == 2);
            continue;
        }
        run(shop, convert);
        const auto once = read(shop / first);
        CHECK(once.format == (major | kind.subtype));
        CHECK(once.rate == 96'000);
        CHECK(largest_difference(once.samples, original.samples) <= 0.5 * kind.step);

        run(shop, "equalise " + first + ' ' + second + " --curve acoustic --no-dither --overwrite");
        const auto twice = read(shop / second);
        CHECK(twice.format == once.format);
        CHECK(largest_difference(twice.samples, once.samples) == 0.0);
    }
}

TEST_CASE("Float samples into FLAC are refused before anything is written, with what would be right")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1, wav_float));
    const auto done = attempt(shop, "equalise in.wav out.flac --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find("FLAC cannot hold float") != string::npos);
    CHECK(done.err.find("--format pcm24") != string::npos);
    CHECK(done.err.find(".wav") != string::npos);
    CHECK(shop.names() == std::set<string>{"in.wav"});
    run(shop, "equalise in.wav out.flac --curve riaa --format pcm24");   // as it says
}

TEST_CASE("Sixteen bits are dithered: noise in place of distortion")
{
    constexpr double step = 0x1p-15;
    constexpr int rate = 48'000;
    const workshop shop;
    write(shop / "in.wav", sine(0.9 * step, 1000.0, rate, 10.0));
    run(shop, "equalise in.wav dithered.wav --curve acoustic --format pcm16");
    run(shop, "equalise in.wav rounded.wav --curve acoustic --format pcm16 --no-dither");
    const auto in = read(shop / "in.wav").samples;
    const auto dithered = read(shop / "dithered.wav").samples, rounded = read(shop / "rounded.wav").samples;
    const auto distortion = [&](const std::vector<double>& x) {
        double power = 0.0;
        for (const double f : {2000.0, 3000.0, 4000.0, 5000.0, 7000.0, 9000.0}) power += std::pow(amplitude(x, f, rate) / step, 2);
        return std::sqrt(power);
    };
    CHECK(distortion(rounded) > 0.2);
    CHECK(distortion(dithered) < 0.01);
    CHECK(std::abs(amplitude(dithered, 1000.0, rate) / step - 0.9) < 0.005);

    // Triangular dither of two steps and the rounding: a quarter of a squared step together, whatever the signal.
    std::vector<double> error(in.size());
    std::transform(dithered.begin(), dithered.end(), in.begin(), error.begin(), std::minus{});
    CHECK(std::pow(rms(error) / step, 2) == Approx(0.25).epsilon(0.01));
    CHECK(std::abs(std::accumulate(error.begin(), error.end(), 0.0) / double(error.size()) / step) < 0.005);
}

TEST_CASE("Without dither every sample is the nearest one, and with it the same input gives the same file")
{
    const workshop shop;
    const auto original = noise(0.5, 44'100, 2, 1.0);
    write(shop / "in.wav", original);
    run(shop, "equalise in.wav rounded.wav --curve acoustic --format pcm16 --no-dither");
    run(shop, "equalise in.wav dithered.wav --curve acoustic --format pcm16");
    run(shop, "equalise in.wav again.wav --curve acoustic --format pcm16");
    auto nearest = original.samples;
    for (double& x : nearest) x = std::nearbyint(x * 0x1p15) * 0x1p-15;
    CHECK(largest_difference(read(shop / "rounded.wav").samples, nearest) == 0.0);
    CHECK_FALSE(same_file(shop, "dithered.wav", "rounded.wav"));
    CHECK(same_file(shop, "dithered.wav", "again.wav"));
}

TEST_CASE("Clipped samples are counted and reported, with the gain that avoids them")
{
    const workshop shop;
    const auto loud = sine(2.0, 1000.0, 44'100, 1.0, wav_float);
    write(shop / "in.wav", loud);
    const auto clipped = std::count_if(loud.samples.begin(), loud.samples.end(), [](double x) {
        const double level = std::nearbyint(static_cast<float>(x) * 0x1p15);
        return level > 32767.0 || level < -32768.0;
    });
    const string line = "equalise in.wav out.wav --curve acoustic --format pcm16 --no-dither --overwrite";
    const auto done = attempt(shop, line);
    CHECK(done.status == 0);
    CHECK(done.out.find("peak +6.02 dBFS") != string::npos);
    CHECK(number_after(done.err, "out.wav: ") == double(clipped));
    const double gain = number_after(done.err, "--gain ");
    CHECK(gain == Approx(-6.1));
    CHECK(done.err.find("--gain -6.1 would avoid it, or --normalise -1") != string::npos);
    CHECK(run(shop, line + " --gain " + std::to_string(gain)).find(" 0 samples clipped") != string::npos);

    CHECK(run(shop, "equalise in.wav whole.wav --curve acoustic").find(" 0 samples clipped") != string::npos);
    CHECK(measure::peak(read(shop / "whole.wav").samples) == Approx(2.0).epsilon(1e-3));
}

TEST_CASE("Samples up to the limits are played, and as integers they clip")
{
    const workshop shop;
    audio loud{44'100, 1, std::vector<double>(1000, 0.25)};
    loud.samples[500] = -1e30;
    write(shop / "in.wav", loud);
    const auto is_finite = [&] {
        const auto out = read(shop / "out.wav").samples;
        return out.size() == 1000 && std::all_of(out.begin(), out.end(), [](double x) { return std::isfinite(x); });
    };
    run(shop, "equalise in.wav out.wav --curve riaa");
    CHECK(is_finite());
    run(shop, "equalise in.wav out.wav --curve riaa --format float");
    CHECK(is_finite());
    run(shop, "equalise in.wav out.wav --curve riaa --gain 200");
    CHECK(is_finite());
    const auto done = attempt(shop, "equalise in.wav out.wav --curve acoustic --gain -200 --format pcm24");
    CHECK(done.status == 0);
    CHECK(done.err ==
          "phono: warning: out.wav: 1 samples clipped; no --gain is low enough to avoid it; lower the recording's level first\n");
    CHECK(read(shop / "out.wav").samples[500] == -1.0);

    loud.samples[500] = 1e12;
    write(shop / "in.wav", loud);
    run(shop, "equalise in.wav out.wav --curve riaa --precision float");
    CHECK(is_finite());
    run(shop, "play in.wav out.wav --preamp magnetic_riaa --precision float --full-scale 1");
    CHECK(is_finite());
}

TEST_CASE("A long file streams: what the library makes of it in memory, in memory that does not grow")
{
    const workshop shop;
    const auto memory = [&](int seconds) {   // ours counts, too, before the child becomes phono
        write(shop / "in.wav", noise(0.1, 44'100, 2, 1.0), seconds);
        const auto end = wait_for(start(shop, {"equalise", "in.wav", "out.wav", "--curve", "riaa"}));
        REQUIRE(end.status == 0);
        return end.kilobytes;
    };
    const long of_a_second = memory(1);
    const long of_a_minute = memory(60);
    const auto file = static_cast<long>(fs::file_size(shop / "in.wav") / 1024);
    CHECK(file > 40'000);
    CHECK(of_a_minute - of_a_second < file / 10);

    constexpr auto played = phono::chain{phono::voltage_source{}, phono::normalised(phono::riaa)};
    const auto in = read(shop / "in.wav"), out = read(shop / "out.wav");
    for (const int c : {0, 1}) {
        phono::preamp<played> equaliser{phono::frequency{44'100.0}};
        auto expected = channel(in, c);
        equaliser.process(expected);
        CHECK(difference_db(channel(out, c), expected) < -290.0);
    }
}

TEST_CASE("A successful run says one line on standard output and draws no progress bar in a pipe")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 6, 1.0), 30);   // long enough for a bar to appear
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa");
    CHECK(done.status == 0);
    CHECK(done.err.empty());
    CHECK(done.out.starts_with("out.wav: RIAA"));
    CHECK(done.out.find('\n') == done.out.size() - 1);
    CHECK(done.out.find('\r') == string::npos);
}
