// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/exact_riaa.hpp"
#include "support/sounds.hpp"

namespace {

using namespace programs;
using std::string;

using measure::exact_riaa, measure::riaa_db;

}   // namespace

TEST_CASE("Cutting and playing a recording gives it back")
{
    const int channels = GENERATE(1, 2, 6);
    const workshop shop;
    const auto residual = [&](int format, const string& options) {
        write(shop / "in.wav", spread(voice(), channels, format));
        run(shop, "equalise in.wav cut.wav --curve riaa --inverse" + options);
        run(shop, "equalise cut.wav out.wav --curve riaa" + options);
        const auto in = read(shop / "in.wav"), cut = read(shop / "cut.wav"), out = read(shop / "out.wav");
        CHECK((out.format & SF_FORMAT_SUBMASK) == (format & SF_FORMAT_SUBMASK));
        CHECK(out.channels == channels);
        CHECK(difference_db(cut.samples, in.samples) > -20.0);   // something was done in between
        double worst = -400.0;
        for (int c = 0; c < channels; ++c) worst = std::max(worst, difference_db(channel(out, c), channel(in, c)));
        return worst;
    };
    const double in_double = residual(wav_double, "");
    const double in_float = residual(wav_float, " --precision float");
    const string count = std::to_string(channels) + " channel(s)";
    measure::figure("null of cutting and playing, double, " + count, in_double, "dB", -200.0);
    measure::figure("null of cutting and playing, float, " + count, in_float, "dB", -110.0);
    CHECK(in_double <= -200.0);
    CHECK(in_float <= -110.0);
}

TEST_CASE("The option --gain adds decibels")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.5));
    run(shop, "equalise in.wav plain.wav --curve riaa");
    run(shop, "equalise in.wav louder.wav --curve riaa --gain 4.5");
    auto expected = read(shop / "plain.wav").samples;
    for (double& x : expected) x *= std::pow(10.0, 4.5 / 20.0);
    CHECK(difference_db(read(shop / "louder.wav").samples, expected) < -290.0);
}

TEST_CASE("A disc transferred at another speed gets time constants scaled by that ratio")
{
    const double ratio = 78.0 / 33.33;
    std::ostringstream scaled;
    scaled.precision(17);
    scaled << 3180.0 * ratio << '/' << 318.0 * ratio << '/' << 75.0 * ratio;
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 1.0));
    run(shop, "equalise in.wav speed.wav --curve riaa --speed 78/33.33 --absolute");
    run(shop, "equalise in.wav scaled.wav --absolute --curve " + scaled.str());
    run(shop, "equalise in.wav plain.wav --absolute --curve riaa");
    const auto at_speed = read(shop / "speed.wav").samples;
    CHECK(difference_db(at_speed, read(shop / "scaled.wav").samples) < -240.0);
    CHECK(difference_db(at_speed, read(shop / "plain.wav").samples) > -40.0);

    // 0 dB stands at the record's 1 kHz, which the transfer holds at 427 Hz.
    const double slow = 1000.0 / ratio;
    std::ostringstream band;
    band.precision(17);
    band << " --from " << slow << " --to " << 20.0 * slow << " --points 2";
    const auto rows = table(run(shop, "response --curve riaa --rate 44100 --speed 78/33.33" + band.str()));
    CHECK(std::abs(rows[0].at("analogue_db")) < 1e-9);
    CHECK(rows[1].at("analogue_db") == Approx(riaa_db(20e3)).margin(1e-6));
}

TEST_CASE("The option --undo takes a curve off, and leaves what the other curve makes of the flat transfer")
{
    const workshop shop;
    write(shop / "flat.wav", noise(0.1, 96'000, 1, 1.0));
    run(shop, "equalise flat.wav riaa.wav --curve riaa");
    run(shop, "equalise flat.wav aes.wav --curve aes");
    run(shop, "equalise riaa.wav mended.wav --undo riaa --curve aes");
    run(shop, "equalise riaa.wav same.wav --undo riaa --curve riaa");
    const auto aes = read(shop / "aes.wav").samples;
    CHECK(difference_db(read(shop / "riaa.wav").samples, aes) > -40.0);
    CHECK(difference_db(read(shop / "mended.wav").samples, aes) < -200.0);
    CHECK(difference_db(read(shop / "same.wav").samples, read(shop / "riaa.wav").samples) < -200.0);
}

TEST_CASE("RIAA by its time constants is RIAA")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 0.5));
    run(shop, "equalise in.wav name.wav --curve riaa");
    run(shop, "equalise in.wav constants.wav --curve 3180/318/75");
    CHECK(read(shop / "name.wav").samples == read(shop / "constants.wav").samples);   // the notes name the curve as it was given
}

TEST_CASE("A curve by its time constants is known again however they were written")
{
    const string curve = GENERATE("3180us/318us/75us", "3180 / 318 / 75", "3180/318/75 us", "3.18ms/0.318 ms/75", " 3180.0/318/75 ");
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1));
    CHECK(run(shop, "equalise in.wav riaa.wav --curve '" + curve + "'").find("3180/318/75 us") != string::npos);
    CHECK(run(shop, "info riaa.wav").find("3180/318/75 us applied") != string::npos);
    run(shop, "equalise riaa.wav flat.wav --undo riaa --curve acoustic");   // and no word of another curve
    run(shop, "equalise in.wav equal.wav --curve 318/318/75");
}

TEST_CASE("A file with its phase corrected keeps its length, and the analogue phase but for a constant delay")
{
    constexpr double rate = 44'100.0;
    constexpr std::size_t begin = 1000;   // what the corrected filter gives ahead of the impulse is kept, too
    const workshop shop;
    audio late{static_cast<int>(rate), 1, std::vector<double>(22'050)};
    late.samples[begin] = 0.5;
    write(shop / "in.wav", late);
    run(shop, "equalise in.wav out.wav --curve riaa --phase corrected");
    const auto out = read(shop / "out.wav").samples;
    REQUIRE(out.size() == late.samples.size());

    const auto frequencies = measure::log_frequencies(20.0, 20e3, 200);
    const auto phase = [&](double f) {   // ahead of the analogue one, degrees
        const auto place = std::polar(1.0, 2.0 * double(measure::pi) * f / rate * double(begin));
        return std::arg(measure::transform(out, f, rate) * place / std::complex<double>(exact_riaa(f))) * 180.0 / double(measure::pi);
    };
    // The least squares of phase against frequency: less than a sample, since whole ones were cut.
    double product = 0.0, square = 0.0;
    for (const double f : frequencies) product += f * phase(f), square += f * f;
    CHECK(std::abs(product / square) * rate / 360.0 <= 0.5);
    for (const double f : frequencies) {
        INFO(f << " Hz");
        CHECK(std::abs(phase(f) - product / square * f) <= 0.1);
    }
}
