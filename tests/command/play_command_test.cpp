// SPDX-License-Identifier: BSL-1.0
#include "support/command.hpp"
#include "support/exact_riaa.hpp"
#include "support/sounds.hpp"

namespace {

using namespace programs;
using std::string;

using measure::exact_riaa;

}   // namespace

TEST_CASE("The gain that play suggests for an overload avoids it")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.9, 200.0, 44'100, 1.0, wav_16));   // RIAA lifts 200 Hz by 8 dB
    const string line = "play in.wav out.wav --preamp magnetic_riaa";
    const auto done = attempt(shop, line);
    CHECK(done.status == 0);
    const double gain = number_after(done.err, "--gain ");
    run(shop, line + " --gain " + std::to_string(gain));
    const double peak = measure::peak(read(shop / "out.wav").samples);
    CHECK(peak < 1.0);
    CHECK(peak > 0.97);
}

TEST_CASE("play keeps the level at 1 kHz and has the preamp's response, with its cartridge and without")
{
    const bool with_cartridge = GENERATE(false, true);
    const int rate = GENERATE(44'100, 96'000);
    const workshop shop;
    write(shop / "in.wav", impulse(rate, 0.5));
    run(shop, string{"play in.wav out.wav --preamp magnetic_riaa"} + (with_cartridge ? " --with-cartridge" : ""));
    const auto heard = read(shop / "out.wav").samples;
    const measure::loaded_cartridge cartridge{1000.0L, 0.5L, 47e3L, 150e-12L};
    const auto circuit = [&](double f) { return std::abs(exact_riaa(f)) * (with_cartridge ? std::abs(cartridge(f)) : 1.0L); };
    for (const double f : measure::log_frequencies(20.0, 20e3, 60)) {
        INFO(f << " Hz");
        const double gain_db = 20.0 * std::log10(std::abs(measure::transform(heard, f, rate)) / impulse_height);
        CHECK(std::abs(gain_db - measure::decibels(circuit(f) / circuit(1000.0))) <= 1e-3);
    }
    const double at_1_khz = std::abs(measure::transform(heard, 1000.0, rate)) / impulse_height;
    CHECK(at_1_khz == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("play with --gain has the preamp's own gain, which full scale does not change")
{
    const workshop shop;
    write(shop / "in.wav", impulse(96'000, 0.5));
    run(shop, "play in.wav own.wav --preamp magnetic_riaa --gain 0");
    run(shop, "play in.wav small.wav --preamp magnetic_riaa --gain 0 --full-scale 0.001");
    const auto own = read(shop / "own.wav").samples;
    const double gain_db = 20.0 * std::log10(std::abs(measure::transform(own, 1000.0, 96'000.0)) / impulse_height);
    CHECK(gain_db == Approx(measure::decibels(std::abs(exact_riaa(1000.0L)))).margin(1e-6));
    CHECK(difference_db(read(shop / "small.wav").samples, own) < -240.0);
}

namespace {

// What ngspice gives for the same circuit: output volts at 48 kHz, the end of 0.3 s of 1 kHz from the operating point.
std::vector<double> by_ngspice(const string& name)
{
    std::vector<double> volts;
    for (const auto& row : table(contents(PHONO_REFERENCE "/tube/" + name + "_last20ms.csv"))) volts.push_back(row.at("vout_V"));
    return volts;
}

// The second to eighth harmonics over the tone; whole periods.
double distortion(const std::vector<double>& x, double hertz, double rate)
{
    double power = 0.0;
    for (int n = 2; n <= 8; ++n) power += std::pow(amplitude(x, n * hertz, rate), 2);
    return std::sqrt(power) / amplitude(x, hertz, rate);
}

}   // namespace

TEST_CASE("play runs the tubes: Nachbaur's preamp makes the harmonics that ngspice finds")
{
    struct drive {
        const char* name;
        double volts, bound;   // peak at the input; difference of any harmonic, re the fundamental
    };
    // ngspice's harmonics are good to 2e-6; its steps of 1 us and the trapezoidal rule move the tone itself by (w 1 us)^2/12.
    constexpr double trapezoidal = 3.3e-6;
    const auto given = GENERATE(
        values<drive>({{"nach_triode_magnetic_tran_5mVrms", 0.0070710678, 2e-6}, {"nach_triode_magnetic_tran_overload_1Vpk", 1.0, 3e-4}}));
    const workshop shop;
    write(shop / "in.wav", sine(0.5, 1000.0, 48'000, 0.3));
    std::ostringstream line;
    line.precision(17);
    line << "play in.wav out.wav --preamp nachbaur_magnetic_tube --oversampling 4 --gain 0 --full-scale " << 2.0 * given.volts;
    CHECK(run(shop, line.str()).find(" 0 samples unsolved;") != string::npos);
    const auto expected = by_ngspice(given.name);
    auto heard = last(read(shop / "out.wav").samples, expected.size());
    for (double& x : heard) x *= 2.0 * given.volts;
    const double fundamental = amplitude(expected, 1000.0, 48e3);
    double worst = 0.0;
    for (int n = 1; n <= 8; ++n) {
        INFO("harmonic " << n);
        const double off = std::abs(amplitude(heard, n * 1000.0, 48e3) - amplitude(expected, n * 1000.0, 48e3)) / fundamental;
        worst = std::max(worst, off);
        CHECK(off <= (n == 1 ? std::max(trapezoidal, given.bound) : given.bound));
    }
    measure::figure(string{"harmonics 1 to 8 against ngspice, "} + given.name, worst, "", std::max(trapezoidal, given.bound));
    CHECK(amplitude(expected, 2000.0, 48e3) / fundamental > 5.0 * 2e-6);   // there is something to find
}

TEST_CASE("A tube preamp keeps the level of a tone from a cartridge and distorts more at a higher full scale")
{
    const int rate = GENERATE(44'100, 192'000);
    const workshop shop;
    const double peak = 5e-3 * std::sqrt(2.0) / 0.05;   // 5 mV RMS where full scale is 0.05 V
    const auto tone = sine(peak, 1000.0, rate, 2.0);
    write(shop / "in.wav", spread(tone, 2, wav_double));
    double less = 0.0;
    for (const char* volts : {"0.005", "0.05", "0.5", "5"}) {
        INFO("full scale " << volts << " V");
        const string said = run(shop, string{"play in.wav out.wav --preamp nachbaur_magnetic_tube --full-scale "} + volts);
        CHECK(said.find(string{", full scale "} + volts + " V, oversampling ") != string::npos);
        CHECK(number_after(said, ", oversampling ") == (rate < 160'000 ? 2 : 1));
        CHECK(number_after(said, "small signals within ") <= 1e-3);
        CHECK(said.find(" dB, 0 samples unsolved;") != string::npos);
        const auto out = read(shop / "out.wav");
        REQUIRE(out.samples.size() == 2 * tone.samples.size());
        CHECK(std::all_of(out.samples.begin(), out.samples.end(), [](double x) { return std::isfinite(x); }));
        const auto settled = last(channel(out, 0), static_cast<std::size_t>(rate));
        const double level = 20.0 * std::log10(amplitude(settled, 1000.0, rate) / peak);
        if (string{volts} == "0.05") CHECK(std::abs(level) <= 0.1);
        CHECK(level < 0.1);   // when driven harder it compresses
        const double more = distortion(settled, 1000.0, rate);
        CHECK(more > 3.0 * less);
        less = more;
    }
    CHECK(less > 0.1);
}

TEST_CASE("A file played through a tube preamp is not shifted in time and has the circuit's small-signal response")
{
    const string oversampling = GENERATE(as<string>{}, "auto", "1", "2", "4");
    const string preamp = GENERATE(as<string>{}, "nachbaur_magnetic_tube --with-cartridge", "kennedy_single_tube --with-cartridge");
    constexpr int rate = 44'100;
    constexpr std::size_t begin = 1000;   // what the oversampler gives ahead of the impulse is kept, too
    const workshop shop;
    audio late{rate, 1, std::vector<double>(8 * rate)};   // bass decays slowly
    late.samples[begin] = impulse_height;
    write(shop / "in.wav", late);
    const string line = "play in.wav out.wav --gain 0 --full-scale 1e-5 --oversampling " + oversampling + " --preamp " + preamp;
    INFO(line);
    const double bound_db = number_after(run(shop, line), "small signals within ");
    CHECK(bound_db <= (oversampling == "1" ? 0.1 : 1e-5));
    const auto heard = read(shop / "out.wav").samples;
    REQUIRE(heard.size() == 8 * rate);
    const string circuit = "response --from 20 --to 20000 --points 40 --preamp " + preamp.substr(0, preamp.find(' '));
    for (const auto& row : table(run(shop, circuit))) {
        const double hertz = row.at("frequency_hz");
        INFO(hertz << " Hz");
        const double turn = 2.0 * double(measure::pi) * hertz / rate;   // per sample
        const auto gain = measure::transform(heard, hertz, rate) * std::polar(1.0 / impulse_height, turn * double(begin));
        CHECK(std::abs(20.0 * std::log10(std::abs(gain)) - row.at("analogue_db")) <= 1.1 * bound_db + 2e-5);
        if (hertz > 5000.0) continue;   // where the phase is the circuit's
        const auto circuit_phase = std::polar(1.0, row.at("analogue_phase_deg") * double(measure::pi) / 180.0);
        CHECK(std::abs(std::arg(circuit_phase / gain)) <= 0.5 * turn);   // whole samples were cut
    }
}

TEST_CASE("A tube preamp that finds no solution says so, and only then")
{
    const workshop shop;
    write(shop / "in.wav", sine(1.0, 1000.0, 44'100, 0.02));
    for (const char* volts : {"1", "1e3", "1e9"}) {
        const auto done = attempt(shop, string{"play in.wav out.wav --preamp nachbaur_magnetic_tube --full-scale "} + volts);
        INFO(done.out << done.err);
        CHECK(done.status == 0);
        const auto samples = read(shop / "out.wav").samples;
        CHECK(std::all_of(samples.begin(), samples.end(), [](double x) { return std::isfinite(x); }));
        const double unsolved = number_after(done.out, " dB, ");
        CHECK(done.err.empty() == (unsolved == 0.0));
        if (!done.err.empty()) CHECK(number_after(done.err, "out.wav: ") == unsolved);
    }
}
