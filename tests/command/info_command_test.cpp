// SPDX-License-Identifier: BSL-1.0
#include "support/chunks.hpp"
#include "support/command.hpp"
#include "support/sounds.hpp"

/// `phono info`: what it measures is what the sound was made of.
namespace {

using namespace programs;
using std::string;

double measured(const string& report, const string& channel, const string& quantity)
{
    return number_after(report.substr(report.find("channel " + channel)), quantity + ' ');
}

}   // namespace

TEST_CASE("Levels of a sine are those of its formula")
{
    const workshop shop;
    auto sound = sine(0.5, 1000.0, 48'000, 1.0);
    for (auto& sample : sound.samples) sample += 0.01;
    write(shop / "in.wav", sound);
    const auto report = run(shop, "info in.wav");
    INFO(report);
    CHECK(report.find("48000 Hz, 1 channel, double, 1.000 s (48000 frames)") != string::npos);
    CHECK(std::abs(measured(report, "1", "peak") - 20.0 * std::log10(0.51)) <= 0.006);
    CHECK(std::abs(measured(report, "1", "RMS") - 10.0 * std::log10(0.125 + 0.0001)) <= 0.006);
    CHECK(std::abs(measured(report, "1", "crest") - 20.0 * std::log10(0.51 / std::sqrt(0.1251))) <= 0.006);
    CHECK(std::abs(measured(report, "1", "DC") - 0.01) <= 1e-6);
    CHECK(measured(report, "1", "DC 0.010000,") == 0.0);   // clipped runs
}

TEST_CASE("The true peak of a sine at a quarter of the rate, 45 degrees between its samples, is its amplitude")
{
    const workshop shop;
    audio sound{48'000, 1, std::vector<double>(48'000)};
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = 0.9 * std::sin(double(measure::pi) * (0.5 * double(i) + 0.25));
    // Begun and ended gently: a sine that starts at once overshoots, and truly so.
    for (std::size_t i = 0; i < 4800; ++i)
        for (const auto at : {i, sound.samples.size() - 1 - i})
            sound.samples[at] *= 0.5 - 0.5 * std::cos(double(measure::pi) * double(i) / 4800.0);
    write(shop / "in.wav", sound);
    const auto report = run(shop, "info in.wav");
    CHECK(std::abs(measured(report, "1", "peak") - 20.0 * std::log10(0.9 * std::sqrt(0.5))) <= 0.006);
    const double error = measured(report, "1", "true peak") - 20.0 * std::log10(0.9);
    INFO("error " << error << " dB, -0.1 to 0.02");
    CHECK(error >= -0.1);
    CHECK(error <= 0.02 + 0.005);
}

TEST_CASE("Runs at full scale are counted, single samples there are not")
{
    const int format = GENERATE(values<int>({wav_16, SF_FORMAT_WAV | SF_FORMAT_PCM_24, wav_float}));
    CAPTURE(format);
    const workshop shop;
    audio sound{48'000, 2, std::vector<double>(2000), format};
    const auto fill = [&](std::size_t channel, std::size_t from, std::size_t count, double value) {
        for (std::size_t i = from; i < from + count; ++i) sound.samples[2 * i + channel] = value;
    };
    fill(1, 100, 7, 1.0);
    fill(1, 200, 3, -1.0);
    fill(1, 300, 2, 1.0);   // too short
    fill(1, 302, 2, -1.0);
    fill(0, 400, 1, 1.0);
    write(shop / "in.wav", sound);
    const auto report = run(shop, "info in.wav");
    INFO(report);
    CHECK(report.find(", 0 clipped runs\n") != string::npos);
    CHECK(report.find(", 2 clipped runs, the longest of 7 samples\n") != string::npos);
}

TEST_CASE("A curve on record, texts and markers are shown, in words and as JSON")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 1.0, wav_16));
    CHECK(run(shop, "info in.wav").find("playback curve       none noted in the file") != string::npos);
    const std::vector<chunks::point> bands{{1, 11'025, "Band \"1\""}};
    chunks::append(shop / "in.wav", chunks::riff("bext", chunks::bext("Side A", 0, "A=ANALOGUE,T=SL-1200\r\nA=PCM,F=44100,T=flat\r\n")) +
                                        chunks::riff("cue ", chunks::cue(bands)) + chunks::riff("LIST", chunks::labels(bands)));
    attempt(shop, "equalise in.wav out.wav --curve riaa --gain -20");
    const auto report = run(shop, "info out.wav");
    INFO(report);
    CHECK(report.find("RIAA (3180/318/75 us), as the file says") != string::npos);
    CHECK(report.find("Side A") != string::npos);
    CHECK(report.find("A=ANALOGUE,T=SL-1200\n") != string::npos);
    CHECK(report.find("0.250 s  Band \"1\"") != string::npos);

    const auto data = run(shop, "info --json in.wav out.wav");
    CHECK(count(data, "\"file\": ") == 2);
    CHECK(data.find("\"playback_curve\": null") != string::npos);
    CHECK(data.find("\"playback_curve\": \"RIAA (3180/318/75 us)\"") != string::npos);
    CHECK(data.find("\"frame\": 11025") != string::npos);
    CHECK(data.find("A=ANALOGUE,T=SL-1200\\u000d\\u000a") != string::npos);
}

TEST_CASE("Figures of loudness are shown as the file has them")
{
    const workshop shop;
    write(shop / "in.flac", noise(0.1, 44'100, 2, 1.0, SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
    chunks::replace_blocks(shop / "in.flac", {{"4", chunks::vorbis_comment({"TITLE=a", "REPLAYGAIN_TRACK_GAIN=-6.5 dB"})}});
    CHECK(run(shop, "info in.flac").find("-6.5 dB") != string::npos);
    CHECK(run(shop, "info in.flac --json").find("REPLAYGAIN_TRACK_GAIN") != string::npos);
}

TEST_CASE("The kind of a file that a decoder reads is named, and counts are whole numbers in JSON")
{
    const workshop shop;
    auto sound = sine(0.1, 440.0, 50'000, 10.0);
    sound.format = SF_FORMAT_AU | SF_FORMAT_ULAW;
    write(shop / "in.au", sound);
    CHECK(run(shop, "info in.au").find("in.au: AU (Sun/NeXT), U-Law, 50000 Hz, 1 channel, read as pcm24, 10.000 s") != string::npos);
    const auto data = run(shop, "info --json in.au");
    CHECK(data.find("\"container\": \"AU (Sun/NeXT), U-Law\"") != string::npos);
    CHECK(data.find("\"frames\": 500000,") != string::npos);
}

TEST_CASE("A file that cannot be read does not keep the others from being reported")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    const auto done = attempt(shop, "info missing.wav in.wav other.wav");
    CHECK(done.status == 2);
    CHECK(done.err == "phono: missing.wav: no such file\nphono: other.wav: no such file\n");
    CHECK(done.out.find("in.wav: ") == 0);
}
