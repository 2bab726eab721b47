// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/exact_riaa.hpp"
#include "support/sounds.hpp"

namespace {

using namespace programs;
using std::string;

constexpr int rate = 44'100;

audio stereo(const std::vector<double>& left, const std::vector<double>& right)
{
    audio sound{rate, 2, {}, wav_double};
    for (std::size_t i = 0; i < left.size(); ++i) sound.samples.insert(sound.samples.end(), {left[i], right[i]});
    return sound;
}

std::vector<double> left() { return noise(0.1, rate, 1, 0.7).samples; }
std::vector<double> right() { return sine(0.2, 440.0, rate, 0.7).samples; }

double decibels(double ratio) { return 20.0 * std::log10(ratio); }

}   // namespace

TEST_CASE("A rumble filter falls below its corner as Butterworth's does")
{
    const auto [hertz, order] = GENERATE(table<double, int>({{8.0, 2}, {8.0, 3}, {20.0, 3}, {40.0, 2}}));
    const workshop shop;
    write(shop / "warp.wav", sine(0.01, hertz, rate, 8.0));
    run(shop, "equalise warp.wav out.wav --curve riaa --rumble 20Hz --rumble-order " + std::to_string(order));
    const auto out = last(read(shop / "out.wav").samples, rate);
    const double passed = 1.0 / std::sqrt(1.0 + std::pow(20.0 / hertz, 2 * order));
    CHECK(decibels(amplitude(out, hertz, rate) / 0.01) == Approx(decibels(passed) + measure::riaa_db(hertz)).margin(1e-3));

    const string options = " --rate 44100 --from 1 --to 20000 --points 50 --rumble 20 --rumble-order " + std::to_string(order);
    for (const auto& row : programs::table(run(shop, "response --curve riaa" + options))) {
        const double f = row.at("frequency_hz");
        const double wanted = measure::riaa_db(f) - 10.0 * std::log10(1.0 + std::pow(20.0 / f, 2 * order));
        CHECK(row.at("analogue_db") == Approx(wanted).margin(1e-6));
        CHECK(row.at("digital_db") == Approx(wanted).margin(5e-5));
    }
}

TEST_CASE("A preamp with tubes plays into the rumble filter")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.001, 50.0, rate, 0.5));
    run(shop, "play in.wav plain.wav --preamp nachbaur_magnetic_tube --gain 0");
    run(shop, "play in.wav quiet.wav --preamp nachbaur_magnetic_tube --gain 0 --rumble 100");
    const auto of = [&](const char* file) { return amplitude(last(read(shop / file).samples, rate / 10), 50.0, rate); };
    CHECK(decibels(of("quiet.wav") / of("plain.wav")) == Approx(-10.0 * std::log10(17.0)).margin(0.01));
}

TEST_CASE("DC goes from the first sample on, and the report names it")
{
    const workshop shop;
    auto sound = stereo(left(), right());
    write(shop / "clean.wav", sound);
    for (std::size_t i = 0; i < sound.samples.size(); ++i) sound.samples[i] += i % 2 == 0 ? 0.02 : -0.01;
    write(shop / "in.wav", sound);
    CHECK(run(shop, "equalise in.wav kept.wav --curve riaa").find("--dc removes it") != string::npos);
    CHECK(run(shop, "equalise in.wav out.wav --curve riaa --dc").find("dBFS, removed") != string::npos);
    run(shop, "equalise clean.wav wanted.wav --curve riaa --dc");
    // Exactly: the offset takes no part in what follows.
    CHECK(largest_difference(read(shop / "out.wav").samples, read(shop / "wanted.wav").samples) < 1e-9);
    // And what is not DC passes: 20 Hz is off by 0.003 dB.
    write(shop / "bass.wav", sine(0.1, 20.0, rate, 6.0));
    run(shop, "equalise bass.wav passed.wav --curve acoustic --dc");
    const auto bass = last(read(shop / "passed.wav").samples, rate);
    CHECK(decibels(amplitude(bass, 20.0, rate) / 0.1) == Approx(-10.0 * std::log10(1.0 + 0.25 / 400.0)).margin(1e-4));
}

TEST_CASE("Two channels become one: lateral, vertical, left or right")
{
    const auto [option, a, b] =
        GENERATE(table<string, double, double>({{"lateral", 0.5, 0.5}, {"vertical", 0.5, -0.5}, {"left", 1.0, 0.0}, {"right", 0.0, 1.0}}));
    const workshop shop;
    write(shop / "in.wav", stereo(left(), right()));
    auto mixed = left();
    const auto other = right();
    for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = a * mixed[i] + b * other[i];
    write(shop / "mixed.wav", {rate, 1, mixed, wav_double});
    run(shop, "equalise in.wav out.wav --curve riaa --mono " + option);
    run(shop, "equalise mixed.wav wanted.wav --curve riaa");
    const auto out = read(shop / "out.wav");
    CHECK(out.channels == 1);
    CHECK(largest_difference(out.samples, read(shop / "wanted.wav").samples) < 1e-14);
}

TEST_CASE("Channels are swapped, balanced and given gains of their own, in this order and before they are mixed")
{
    const workshop shop;
    write(shop / "in.wav", stereo(left(), right()));
    run(shop, "equalise in.wav flat.wav --curve riaa");
    const auto flat = read(shop / "flat.wav");
    const auto played = [&](const string& options) {
        run(shop, "equalise in.wav out.wav --curve riaa " + options);
        return read(shop / "out.wav");
    };
    const auto ratio = [](double db) { return std::pow(10.0, db / 20.0); };
    const auto scaled = [](std::vector<double> x, double factor) {
        for (auto& sample : x) sample *= factor;
        return x;
    };
    const auto one = channel(flat, 0), other = channel(flat, 1);

    const auto swapped = played("--swap");
    CHECK(channel(swapped, 0) == other);
    CHECK(channel(swapped, 1) == one);

    const auto apart = played("--gain 1.5dB/-3");
    CHECK(largest_difference(channel(apart, 0), scaled(one, ratio(1.5))) < 1e-14);
    CHECK(largest_difference(channel(apart, 1), scaled(other, ratio(-3.0))) < 1e-14);

    const auto balanced = played("--balance 2dB --swap");
    CHECK(largest_difference(channel(balanced, 0), scaled(other, ratio(1.0))) < 1e-14);
    CHECK(largest_difference(channel(balanced, 1), scaled(one, ratio(-1.0))) < 1e-14);

    auto mixed = scaled(one, 0.5 * ratio(1.5));
    for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] -= 0.5 * ratio(-3.0) * other[i];
    CHECK(largest_difference(played("--gain 1.5/-3 --mono vertical").samples, mixed) < 1e-14);
}

TEST_CASE("A mono recording passes --mono as it is, and says nothing else of itself")
{
    const auto option = GENERATE(as<string>{}, "lateral", "left", "right");
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, 1, 0.1));
    run(shop, "equalise in.wav wanted.wav --curve riaa");
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa --mono " + option);
    CHECK(done.status == 0);
    CHECK(done.err == "phono: warning: in.wav: is mono already, and passes as it is: --mono " + option + " has nothing to mix\n");
    CHECK(contents(shop / "out.wav") == contents(shop / "wanted.wav"));
}

TEST_CASE("Bits alone name an integer format")
{
    const auto [bits, format] =
        GENERATE(table<string, int>({{"16", SF_FORMAT_PCM_16}, {"24", SF_FORMAT_PCM_24}, {"32", SF_FORMAT_PCM_32}}));
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, 1, 0.1));
    run(shop, "equalise in.wav out.wav --curve riaa --format " + bits);
    CHECK((read(shop / "out.wav").format & SF_FORMAT_SUBMASK) == format);
}

TEST_CASE("What needs two channels is refused of one, and a gain too many too")
{
    const auto option = GENERATE(as<string>{}, "--mono vertical", "--swap", "--balance 1", "--gain 1/2", "--gain 1/2/3");
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, option == "--gain 1/2/3" ? 2 : 1, 0.1));
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa " + option);
    CHECK(done.status == 2);
    INFO(done.err);
    CHECK(done.err.find("in.wav: has ") != string::npos);
    if (option == "--balance 1") CHECK(done.err.find("has 1 channel, but --balance needs 2 channels") != string::npos);
    CHECK(shop.names() == std::set<string>{"in.wav"});
}

TEST_CASE("A recording comes out at the disc's speed, as long as that makes it, and not late")
{
    const auto [words, ratio] =
        GENERATE(table<string, double>({{"78/33 1/3", 2.34}, {"33 1/3 / 45", 100.0 / 135.0}, {"76.59 rpm/78", 76.59 / 78.0}}));
    const workshop shop;
    const double slow = 1000.0 / ratio;   // what the transfer makes of 1 kHz
    write(shop / "in.wav", spread(sine(0.25, slow, rate, 2.0), 2, wav_double));
    run(shop, "equalise in.wav out.wav --curve acoustic --resample --speed '" + words + "'");
    const auto in = read(shop / "in.wav"), out = read(shop / "out.wav");
    CHECK(out.rate == rate);
    CHECK(out.samples.size() == 2 * static_cast<std::size_t>(std::llround(2.0 * rate / ratio)));
    const auto one = channel(out, 0);
    double worst = 0.0;
    for (std::size_t i = 2000; i + 2000 < one.size(); ++i)
        worst = std::max(worst, std::abs(one[i] - 0.25 * std::sin(2.0 * double(measure::pi) * 1000.0 / rate * double(i))));
    CHECK(worst < 1e-7);

    // The curve is at the record's frequencies: 0 dB at its 1 kHz.
    run(shop, "equalise in.wav riaa.wav --curve riaa --resample --speed '" + words + "'");
    const auto end = channel(read(shop / "riaa.wav"), 0);
    const std::vector<double> middle{end.begin() + 10'000, end.begin() + 10'000 + 441 * 20};
    CHECK(amplitude(middle, 1000.0, rate) == Approx(0.25).epsilon(1e-4));
}

TEST_CASE("Every sample format and tube preamp latency keeps the length at another speed")
{
    const auto format = GENERATE(as<string>{}, "pcm16", "pcm24", "float");
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 48'000, 2, 1.5));
    run(shop, "equalise in.wav out.wav --curve riaa --phase corrected --speed 45/33.5 --resample --format " + format);
    CHECK(read(shop / "out.wav").samples.size() == 2 * static_cast<std::size_t>(std::llround(72'000 * 33.5 / 45.0)));
}

TEST_CASE("A speed may be written as people write it")
{
    const workshop shop;
    const auto response = [&](const string& speed) { return run(shop, "response --curve riaa --points 5 --speed '" + speed + "'"); };
    const auto wanted = response("2.34");
    for (const auto* speed : {"78/33 1/3", "78 / 33 1/3", "78rpm/33 1/3rpm", "78 rpm / 33 1/3 rpm", "78/33"})
        CHECK(response(speed) == wanted);
    const auto gain = [](const string& text) { return programs::table(text).at(1).at("analogue_db"); };
    CHECK(gain(response("45/33 1/3")) == Approx(gain(response("1.35"))).margin(1e-11));
    CHECK(gain(response("16/33")) == Approx(gain(response("0.5"))).margin(1e-11));
    CHECK(gain(response("33.0/45")) == Approx(gain(response("0.733333333333333333"))).margin(1e-11));   // a number is a number
    for (const auto* speed : {"33 1/3", "78/33 4/3", "78/", "/78", "78/33 1/0", "78/33 1", "78/-33", "fast"}) {
        INFO(speed);
        const auto done = attempt(shop, string{"response --curve riaa --speed '"} + speed + "'");
        CHECK(done.status == 2);
        CHECK(done.err.find("as in \"78/33 1/3\"") != string::npos);
    }
}

TEST_CASE("A curve that was applied before the recording was brought to its speed is undone where it lies now")
{
    const workshop shop;
    for (const auto& row :
         programs::table(run(shop, "response --curve acoustic --undo riaa --undo-speed '78/33 1/3' --points 20 --rate 96000")))
        CHECK(row.at("digital_db") == Approx(-measure::riaa_db(row.at("frequency_hz") / 2.34)).margin(1e-4));
    // The same samples at 2.34 times the rate are the recording at its speed.
    auto sound = noise(0.1, 20'000, 1, 1.0);
    write(shop / "flat.wav", sound);
    run(shop, "equalise flat.wav riaa.wav --curve riaa");
    auto fast = read(shop / "riaa.wav");
    fast.rate = 46'800;
    write(shop / "fast.wav", fast);
    run(shop, "equalise fast.wav out.wav --curve acoustic --undo riaa --undo-speed '78/33 1/3'");
    CHECK(difference_db(read(shop / "out.wav").samples, sound.samples) < -80.0);
    CHECK(attempt(shop, "equalise fast.wav out2.wav --curve acoustic --undo-speed 2").err.find("give the curve to undo too") !=
          string::npos);
}

TEST_CASE("A speed that makes no difference is said to make none")
{
    const auto [options, says] =
        GENERATE(table<string, string>({{"--curve acoustic --speed 80/78", "acoustic is flat at any speed; --resample"},
                                        {"--curve riaa --speed 78/78", "both speeds are the same"}}));
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, 1, 0.1));
    const auto done = attempt(shop, "equalise in.wav out.wav " + options);
    CHECK(done.status == 0);
    CHECK(done.err.find("phono: warning: --speed") == 0);
    CHECK(done.err.find(says) != string::npos);
    CHECK(attempt(shop, "equalise in.wav out.wav --curve acoustic --speed 80/78 --resample --overwrite").err.empty());
}

TEST_CASE("The corner of a rumble filter is in hertz of the record, whatever the speed of the transfer")
{
    const workshop shop;
    // 100 Hz of the record, transferred at half its speed.
    write(shop / "slow.wav", sine(0.1, 50.0, rate, 8.0));
    const string options = " --curve acoustic --speed 2/1 --resample";
    run(shop, "equalise slow.wav plain.wav" + options);
    const auto report = attempt(shop, "equalise slow.wav quiet.wav --rumble 100" + options);
    const auto of = [&](const char* file) { return amplitude(last(read(shop / file).samples, rate), 100.0, rate); };
    CHECK(decibels(of("quiet.wav") / of("plain.wav")) == Approx(-10.0 * std::log10(2.0)).margin(0.01));
    const string words = "high-pass of order 2 at 100 Hz of the record, 50 Hz of the transfer";
    CHECK(contents(shop / "quiet.wav").find(words) != string::npos);

    // At its speed since, the recording's hertz are the record's.
    write(shop / "fast.wav", sine(0.1, 100.0, rate, 8.0));
    const string undo = " --curve acoustic --undo riaa --undo-speed 2/1";
    run(shop, "equalise fast.wav plain.wav --overwrite" + undo);
    run(shop, "equalise fast.wav quiet.wav --overwrite --rumble 100" + undo);
    CHECK(decibels(of("quiet.wav") / of("plain.wav")) == Approx(-10.0 * std::log10(2.0)).margin(0.01));
}

TEST_CASE("The high-pass of an undone IEC curve stays, and report, warning and file say so")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, 1, 0.5));
    const auto done = attempt(shop, "equalise in.wav out.wav --undo riaa_iec --curve riaa --gain -6");
    CHECK(done.status == 0);
    const string stays = "but for its high-pass at 20 Hz, which stays";
    CHECK(done.err.find("phono: warning: --undo riaa_iec: the curve is undone, " + stays) != string::npos);
    CHECK(done.out.find(stays) != string::npos);
    CHECK(contents(shop / "out.wav").find(stays) != string::npos);
}

TEST_CASE("The file says all that changed its sound")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, rate, 1, 0.5));
    attempt(shop,
            "equalise in.wav out.wav --undo riaa --undo-speed 2/1 --curve aes --absolute --phase corrected"
            " --undo-cartridge shure_m97xe --load 47k,250p --gain -60");
    const auto file = contents(shop / "out.wav");
    for (const auto* words : {"brought to 2 times the speed that the undone curve was applied at", "at the curve's own level",
                              "phase corrected", "cartridge shure_m97xe with 47k,250p taken out, boost at most 24 dB"}) {
        INFO(words);
        CHECK(file.find(words) != string::npos);
    }
}

TEST_CASE("A transfer that was clipped is warned of, with how often")
{
    const workshop shop;
    auto sound = sine(0.1, 440.0, rate, 0.5, wav_16);
    std::fill_n(sound.samples.begin() + 1000, 5, 1.0);
    std::fill_n(sound.samples.begin() + 2000, 3, -1.0);
    std::fill_n(sound.samples.begin() + 3000, 2, -1.0);   // a peak that just fits
    write(shop / "in.wav", sound);
    const auto done = attempt(shop, "equalise in.wav out.wav --curve riaa --gain -20");
    CHECK(done.status == 0);
    CHECK(done.err ==
          "phono: warning: in.wav: is clipped already: three or more samples in a row at full scale 2 times, the longest of 5; "
          "transfer it again at a lower level\n");

    write(shop / "loud.wav", sine(2.0, 440.0, rate, 0.5, wav_float));   // which floating point holds
    run(shop, "equalise loud.wav out.wav --overwrite --curve riaa --gain -20");
}
