// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/sounds.hpp"

#include <limits>

namespace {

using namespace programs;
using std::string;

}   // namespace

TEST_CASE("compare reports the null that is there")
{
    const workshop shop;
    const auto original = noise(0.5, 48'000, 2, 1.0);
    auto other = original;
    for (double& x : other.samples) x *= 1.0 + 1e-4;
    write(shop / "a.wav", original);
    write(shop / "b.wav", other);
    CHECK(run(shop, "compare a.wav b.wav").find("residual -80.00 dB") != string::npos);
    CHECK(run(shop, "compare a.wav a.wav").find("residual -inf dB") != string::npos);
}

TEST_CASE("compare takes what is there of a damaged recording if it is told to, and says so")
{
    const workshop shop;
    write(shop / "a.wav", noise(0.5, 48'000, 2, 1.0));
    fs::copy_file(shop / "a.wav", shop / "cut.wav");
    fs::resize_file(shop / "cut.wav", fs::file_size(shop / "cut.wav") - 8);
    CHECK(attempt(shop, "compare cut.wav cut.wav").status == 2);
    const auto done = attempt(shop, "compare --recover cut.wav cut.wav");
    CHECK(done.status == 0);
    CHECK(done.out.find("residual -inf dB") != string::npos);
    CHECK(done.err.starts_with("phono: warning: cut.wav: truncated"));
}

TEST_CASE("compare finds no null in what is not a number or infinite, be it in one file or in both")
{
    struct fault {
        double value;
        const char* says;
    };
    const auto [value, says] = GENERATE(values<fault>({
        {std::numeric_limits<double>::quiet_NaN(), "channel 2 holds a sample that is not a number at 0.680 s (sample 30000)"},
        {std::numeric_limits<double>::infinity(), "channel 2 holds an infinite sample at 0.680 s (sample 30000)"},
        {-std::numeric_limits<double>::infinity(), "channel 2 holds an infinite sample at 0.680 s (sample 30000)"},
    }));
    const auto format = GENERATE(wav_float, wav_double);
    const workshop shop;
    auto sound = noise(0.5, 44'100, 2, 1.0, format);
    write(shop / "sound.wav", sound);
    sound.samples[60'001] = value;
    write(shop / "one.wav", sound);
    for (double& x : sound.samples) x = value;
    write(shop / "all.wav", sound);
    for (const char* files : {"one.wav sound.wav", "sound.wav one.wav", "one.wav one.wav"}) {
        INFO(files);
        const auto done = attempt(shop, string{"compare "} + files);
        CHECK(done.status == 2);
        CHECK(done.out.empty());
        INFO(done.err);
        CHECK(done.err.find(string{"phono: one.wav: "} + says) == 0);
    }
    for (const char* files : {"all.wav sound.wav", "sound.wav all.wav", "all.wav all.wav"}) {
        INFO(files);
        const auto done = attempt(shop, string{"compare "} + files);
        CHECK(done.status == 2);
        CHECK(done.out.empty());
    }
}

TEST_CASE("compare tells silence from sound")
{
    const workshop shop;
    audio silence{44'100, 1, std::vector<double>(1000)};
    write(shop / "silence.wav", silence);
    CHECK(run(shop, "compare silence.wav silence.wav") == "residual -inf dB re the signal, peak -inf dBFS\n");
    silence.samples[500] = 0.5;
    write(shop / "click.wav", silence);
    CHECK(run(shop, "compare silence.wav click.wav") == "residual inf dB re the signal, peak -6.02 dBFS\n");
    CHECK(run(shop, "compare click.wav silence.wav") == "residual 0.00 dB re the signal, peak -6.02 dBFS\n");
}

TEST_CASE("compare calls two recordings the same only where they are, however small the difference")
{
    const workshop shop;
    audio sound{44'100, 1, std::vector<double>(1000, 1e20)};
    write(shop / "a.wav", sound);
    sound.samples[10] = 0.0;
    write(shop / "b.wav", sound);
    CHECK(run(shop, "compare a.wav b.wav") == "residual -30.00 dB re the signal, peak 400.00 dBFS\n");
    for (double& x : sound.samples) x = 0.0;
    sound.samples[10] = 1e30, sound.samples[20] = 1e-290;
    write(shop / "c.wav", sound);
    sound.samples[20] = 0.0;
    write(shop / "d.wav", sound);
    CHECK(run(shop, "compare c.wav d.wav") == "residual -6400.00 dB re the signal, peak -5800.00 dBFS\n");
}

TEST_CASE("compare measures nothing where there is nothing")
{
    const workshop shop;
    // A FLAC stream that was begun, of unknown length: 44.1 kHz, 16 bits.
    const string stream{"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x40\xf0", 22};
    std::ofstream(shop / "begun.flac", std::ios::binary) << stream << string(20, '\0');
    write(shop / "empty.wav", audio{44'100, 1, {}});
    write(shop / "sound.wav", noise(0.5, 44'100, 1, 0.1));
    for (const string empty : {"empty.wav", "begun.flac"})
        for (const string& files : {empty + ' ' + empty, empty + " sound.wav", "sound.wav " + empty}) {
            INFO(files);
            const auto done = attempt(shop, "compare " + files);
            CHECK(done.status == 2);
            CHECK(done.out.empty());
            CHECK(done.err == "phono: " + empty + ": holds no samples\n");
        }
}
