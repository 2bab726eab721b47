// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/json_reader.hpp"
#include "support/sounds.hpp"

#include <array>
#include <limits>

namespace {

using namespace programs;
using std::string;

// A tone that swells and fades without a click, so that its true peak is its amplitude.
audio tone(double amplitude, double hertz, int rate, double phase, int format = wav_double)
{
    constexpr std::size_t frames = 4000, edge = 1500;
    audio sound{rate, 1, std::vector<double>(frames), format};
    for (std::size_t i = 0; i < frames; ++i) {
        const double at = std::min(1.0, double(std::min(i, frames - 1 - i)) / double(edge));
        const double swell = 0.5 - 0.5 * std::cos(double(measure::pi) * at);
        sound.samples[i] = amplitude * swell * std::sin(2.0 * double(measure::pi) * hertz / rate * double(i) + phase);
    }
    return sound;
}

double true_peak(const workshop& shop, const string& file)
{
    run(shop, "equalise " + file + " unchanged.wav --curve acoustic --overwrite --report report.json");
    return json_reader{contents(shop / "report.json")}.number("files.0.true_peak_dbtp.0");
}

double largest(const audio& sound) { return measure::peak(sound.samples); }

}   // namespace

TEST_CASE("The true peak of a sine is found between the samples, up to 0.45 of the sample rate")
{
    constexpr int rate = 48'000;
    const workshop shop;
    double lowest = 0.0, highest = 0.0;
    // At these frequencies the same phases come again and again: a half, a third, a quarter ... of a period from sample to sample.
    for (const double part : {0.01, 0.1, 0.2, 0.25, 1.0 / 3.0, 0.4, 0.43, 0.45})
        for (const double phase : {0.0, 0.25, 0.5, 0.785398}) {
            write(shop / "in.wav", tone(0.5, part * rate, rate, phase));
            const double error = true_peak(shop, "in.wav") - 20.0 * std::log10(0.5);
            lowest = std::min(lowest, error), highest = std::max(highest, error);
        }
    measure::figure("true peak of a sine, too low", -lowest, "dB", 0.1);
    measure::figure("true peak of a sine, too high", highest, "dB", 0.02);
    CHECK(lowest >= -0.1);
    CHECK(highest <= 0.02);
}

TEST_CASE("A true peak at the very end, or of a single sample, is found")
{
    const workshop shop;
    audio sound{48'000, 1, std::vector<double>(1000)};
    sound.samples.back() = 0.5;
    write(shop / "end.wav", sound);
    CHECK(true_peak(shop, "end.wav") == Approx(20.0 * std::log10(0.5)).margin(1e-9));
    write(shop / "one.wav", audio{48'000, 1, {-0.25}});
    CHECK(true_peak(shop, "one.wav") == Approx(20.0 * std::log10(0.25)).margin(1e-9));
    // Two samples of one sign: the waveform goes higher between them, by 4 / pi for a sine cardinal each.
    write(shop / "two.wav", audio{48'000, 1, {0.5, 0.5}});
    CHECK(true_peak(shop, "two.wav") == Approx(20.0 * std::log10(4.0 / double(measure::pi) * 0.5)).margin(0.02));
}

TEST_CASE("The option --normalise brings the loudest file of all to the level by its true peak, the others by the same gain")
{
    const workshop shop;
    write(shop / "loud.wav", tone(0.5, 12'000.0, 48'000, double(measure::pi) / 4.0));   // no sample is above 0.354
    write(shop / "soft.wav", tone(0.1, 1000.0, 48'000, 0.0));
    const auto said = run(shop, "equalise loud.wav soft.wav --output-folder out --curve acoustic --normalise -1");
    const double gain = 1.0 / 0.5 * std::pow(10.0, -1.0 / 20.0);
    CHECK(true_peak(shop, "out/loud.wav") == Approx(-1.0).margin(1e-6));
    CHECK(largest(read(shop / "out/soft.wav")) / largest(read(shop / "soft.wav")) == Approx(gain).epsilon(0.012));
    CHECK(largest(read(shop / "out/loud.wav")) / largest(read(shop / "loud.wav")) == Approx(gain).epsilon(0.012));
    CHECK(count(said, "; gain +5.0") == 2);
    CHECK(count(said, "true peak -1.00 dBTP") == 1);
}

TEST_CASE("A run that is started again gives what is missing the gain of the whole album")
{
    const workshop shop;
    write(shop / "loud.wav", tone(0.5, 1000.0, 48'000, 0.0));
    write(shop / "soft.wav", tone(0.1, 1000.0, 48'000, 0.0));
    const string line = "equalise loud.wav soft.wav --output-folder out --curve riaa --normalise -3";
    run(shop, line);
    const auto before = contents(shop / "out/soft.wav");
    fs::remove(shop / "out/soft.wav");
    CHECK(run(shop, line).find("1 done, 1 kept") != string::npos);
    CHECK(contents(shop / "out/soft.wav") == before);
}

TEST_CASE("Nothing is clipped with --normalise, at full scale and in every format")
{
    const workshop shop;
    write(shop / "in.wav", noise(3.0, 44'100, 2, 0.5, wav_float));
    for (const string format : {"pcm16", "pcm24", "pcm32", "float"}) {
        const auto said = run(shop, "equalise in.wav out.wav --curve riaa --normalise 0 --format " + format);
        CHECK(said.find(" 0 samples clipped") != string::npos);
        CHECK(largest(read(shop / "out.wav")) <= 1.0);
        CHECK(largest(read(shop / "out.wav")) > 0.6);   // the peak of noise between its samples is far above them
    }
    const auto played = run(shop, "play in.wav out.wav --preamp magnetic_riaa --full-scale 0.001 --normalise -1 --format pcm24");
    CHECK(played.find(" 0 samples clipped") != string::npos);
}

TEST_CASE("With --normalise one file that cannot be measured leaves all unwritten")
{
    const workshop shop;
    write(shop / "a.wav", noise(0.1, 44'100, 1, 0.2));
    auto broken = noise(0.1, 44'100, 1, 0.2);
    broken.samples.back() = std::numeric_limits<double>::quiet_NaN();
    write(shop / "b.wav", broken);
    const auto done = attempt(shop, "equalise a.wav b.wav --output-folder out --curve riaa --normalise -1");
    CHECK(done.status == 2);
    CHECK(done.err.find("b.wav: channel 1 holds a sample that is not a number") != string::npos);
    CHECK(done.err.find("phono: nothing was written, since the common gain of --normalise needs every file; repair or remove ") !=
          string::npos);
    CHECK(done.err.find("--recover") != string::npos);
    CHECK(count(done.err, "\n") == 2);
    CHECK(done.out.find("out/a.wav: not done: nothing was written, since the common gain of --normalise needs every file\n") !=
          string::npos);
    CHECK(done.out.find("2 files, 1 failed, 1 not done;") != string::npos);
    CHECK(fs::is_empty(shop / "out"));
}

TEST_CASE(
    "With --normalise, where a file cannot be measured, sides that were made already are kept and the others say why they are not done")
{
    const workshop shop;
    for (const char* name : {"a.wav", "b.wav", "c.wav"}) write(shop / name, noise(0.1, 44'100, 1, 0.2));
    run(shop, "equalise a.wav --output-folder out --curve riaa --normalise -1");
    fs::resize_file(shop / "c.wav", fs::file_size(shop / "c.wav") / 2);
    const auto done = attempt(shop, "equalise a.wav b.wav c.wav --output-folder out --curve riaa --normalise -1 --report report.json");
    CHECK(done.status == 2);
    CHECK(done.out.find("3 files, 1 kept, 1 failed, 1 not done;") != string::npos);
    const json_reader report{contents(shop / "report.json")};
    CHECK(report.at("files.0.status") == "kept");
    CHECK(report.at("files.1.status") == "not done");
    CHECK(report.at("files.1.message") == "nothing was written, since the common gain of --normalise needs every file");
    CHECK(report.at("files.2.status") == "failed");
}

TEST_CASE("A louder side that is added to a folder later leaves the others at another gain, which is said until they are made again")
{
    const workshop shop;
    fs::create_directory(shop / "in");
    write(shop / "in/a.wav", tone(0.1, 1000.0, 48'000, 0.0));
    const string line = "equalise in --output-folder out --curve acoustic --normalise -1";
    run(shop, line);
    write(shop / "in/b.wav", tone(0.5, 1000.0, 48'000, 0.0));
    for (const string options : {"", " --jobs 1"}) {   // the second finds all made
        const auto done = attempt(shop, line + options);
        INFO(done.out << done.err);
        CHECK(done.status == 0);
        CHECK(done.err.find("phono: warning: out/a.wav: kept: exists, made with gain +19.") != string::npos);
        CHECK(count(done.err, "\n") == 1);
    }
    CHECK(count(attempt(shop, "equalise in --output-folder out --curve acoustic --normalise -6").err, "kept: exists, made with gain +") ==
          2);
    run(shop, line + " --overwrite");
    CHECK(run(shop, line).find("2 files, 2 kept;") != string::npos);
}

TEST_CASE("The option --normalise may be written --normalize, and its level with its unit")
{
    const workshop shop;
    write(shop / "in.wav", tone(0.5, 1000.0, 48'000, 0.0));
    run(shop, "equalise in.wav plain.wav --curve acoustic --normalise -1");
    run(shop, "equalise in.wav other.wav --curve acoustic --normalize -1dBFS");
    CHECK(contents(shop / "other.wav") == contents(shop / "plain.wav"));
}

TEST_CASE("Silence stays silence with --normalise")
{
    const workshop shop;
    write(shop / "in.wav", audio{44'100, 2, std::vector<double>(2000)});
    CHECK(run(shop, "equalise in.wav out.wav --curve riaa --normalise -1").find("gain +0.00 dB") != string::npos);
    CHECK(largest(read(shop / "out.wav")) == 0.0);
}
