// SPDX-License-Identifier: BSL-1.0
#include "support/exact_riaa.hpp"
#include "support/measure.hpp"
#include "support/programs.hpp"

#include <phono/analysis/bias.hpp>
#include <phono/catalogue/cartridges.hpp>
#include <phono/catalogue/preamps.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/catalogue/tube_preamps.hpp>
#include <phono/match/cartridge_match.hpp>
#include <phono/match/match_verdict.hpp>

#include <fcntl.h>
#include <sys/resource.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <limits>
#include <map>
#include <numeric>
#include <sstream>
#include <thread>

namespace {

using namespace programs;
using std::string;

const string phono_command = "'" PHONO_COMMAND "' ";

outcome phono_says(const workshop& shop, const string& arguments) { return shop.run(phono_command + arguments); }

// Runs phono and requires that it is content: status 0 and not a word of complaint.
string run(const workshop& shop, const string& arguments)
{
    INFO("phono " << arguments);
    const auto done = phono_says(shop, arguments);
    CHECK(done.err.empty());
    REQUIRE(done.status == 0);
    return done.out;
}

constexpr int wav_double = SF_FORMAT_WAV | SF_FORMAT_DOUBLE;
constexpr int wav_float = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
constexpr int wav_16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

audio sine(double amplitude, double hertz, int rate, double seconds, int format = wav_double)
{
    audio sound{rate, 1, std::vector<double>(static_cast<std::size_t>(seconds * rate)), format};
    for (std::size_t i = 0; i < sound.samples.size(); ++i)
        sound.samples[i] = amplitude * std::sin(2.0 * double(measure::pi) * hertz / rate * double(i));
    return sound;
}

audio noise(double amplitude, int rate, int channels, double seconds, int format = wav_double)
{
    audio sound{rate, channels, measure::noise<double>(static_cast<std::size_t>(seconds * rate * channels), 1), format};
    for (double& x : sound.samples) x *= amplitude;
    return sound;
}

// A voice from Debian's alsa-utils; noise and a tone where that is not installed.
audio voice()
{
    const fs::path spoken = "/usr/share/sounds/alsa/Front_Center.wav";
    if (fs::exists(spoken)) return read(spoken);
    audio made = noise(0.1, 48'000, 1, 1.5);
    const auto tone = sine(0.2, 440.0, 48'000, 1.5);
    std::transform(made.samples.begin(), made.samples.end(), tone.samples.begin(), made.samples.begin(), std::plus{});
    return made;
}

// The same on several channels, each later and quieter than the one before, so that swapped or mixed channels are heard.
audio spread(const audio& mono, int channels, int format)
{
    audio sound{mono.rate, channels, {}, format};
    const std::size_t frames = mono.samples.size();
    for (std::size_t i = 0; i < frames; ++i)
        for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c)
            sound.samples.push_back(mono.samples[(i + frames - 997 * c) % frames] / double(c + 1));
    return sound;
}

std::vector<double> channel(const audio& sound, int which)
{
    std::vector<double> samples;
    for (auto i = static_cast<std::size_t>(which); i < sound.samples.size(); i += static_cast<std::size_t>(sound.channels))
        samples.push_back(sound.samples[i]);
    return samples;
}

double rms(const std::vector<double>& x) { return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / double(x.size())); }

double difference_db(const std::vector<double>& a, const std::vector<double>& b)
{
    REQUIRE(a.size() == b.size());
    std::vector<double> difference(a.size());
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus{});
    return 20.0 * std::log10(rms(difference) / rms(b) + 1e-20);
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b)
{
    REQUIRE(a.size() == b.size());
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

bool same_file(const workshop& shop, const string& a, const string& b) { return contents(shop / a) == contents(shop / b); }

// Amplitude of one frequency in a recording that holds whole periods of it.
double amplitude(const std::vector<double>& x, double hertz, double rate)
{
    return 2.0 * std::abs(measure::transform(x, hertz, rate)) / double(x.size());
}

using csv = std::vector<std::map<string, double>>;

// Comment lines are left out; the first other line names the columns.
csv table(const string& text)
{
    std::istringstream lines(text);
    const auto next = [&](string& line) {
        while (std::getline(lines, line))
            if (!line.starts_with('#')) return true;
        return false;
    };
    const auto split = [](const string& line) {
        std::vector<string> fields;
        std::istringstream rest(line);
        for (string field; std::getline(rest, field, ',');) fields.push_back(field);
        return fields;
    };
    string line;
    REQUIRE(next(line));
    const auto names = split(line);
    csv rows;
    while (next(line)) {
        const auto fields = split(line);
        REQUIRE(fields.size() == names.size());
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = std::stod(fields[i]);
    }
    REQUIRE_FALSE(rows.empty());
    return rows;
}

double bound_db(double rate) { return rate < 88'200.0 ? 5e-5 : 1e-6; }

constexpr auto riaa_us = "3180/318/75";
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
        const string convert = "equalise in.wav " + first + " --curve acoustic --no-dither --format " + kind.option;
        INFO(convert);
        if (major == SF_FORMAT_FLAC && kind.subtype != SF_FORMAT_PCM_16 && kind.subtype != SF_FORMAT_PCM_24) {
            CHECK(phono_says(shop, convert).status == 2);
            continue;
        }
        run(shop, convert);
        const auto once = read(shop / first);
        CHECK(once.format == (major | kind.subtype));
        CHECK(once.rate == 96'000);
        CHECK(largest_difference(once.samples, original.samples) <= 0.5 * kind.step);

        run(shop, "equalise " + first + ' ' + second + " --curve acoustic --no-dither");
        const auto twice = read(shop / second);
        CHECK(twice.format == once.format);
        CHECK(largest_difference(twice.samples, once.samples) == 0.0);
    }
}

TEST_CASE("Float samples into FLAC are refused before anything is written, with what would be right")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 1, 0.1, wav_float));
    const auto done = phono_says(shop, "equalise in.wav out.flac --curve riaa");
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find("FLAC cannot hold float") != string::npos);
    CHECK(done.err.find("--format pcm24") != string::npos);
    CHECK(done.err.find(".wav") != string::npos);
    CHECK(shop.names() == std::set<string>{"in.wav"});
    run(shop, "equalise in.wav out.flac --curve riaa --format pcm24");   // as it says
}

namespace {

struct refusal {
    string line, says;
};

void fill_with_faulty_files(const workshop& shop)
{
    write(shop / "in.wav", noise(0.1, 44'100, 1, 1.0));
    write(shop / "slow.wav", noise(0.1, 4'000, 1, 0.1));
    write(shop / "fast.wav", noise(0.1, 1'000'000, 1, 0.1));
    auto broken = noise(0.1, 44'100, 2, 1.0);
    broken.samples[60'001] = std::numeric_limits<double>::quiet_NaN();
    write(shop / "nan.wav", broken);
    std::ofstream(shop / "empty.wav").flush();
    std::ofstream(shop / "text.wav") << "side one, track one\n";
    fs::copy_file(shop / "in.wav", shop / "truncated.wav");
    fs::resize_file(shop / "truncated.wav", fs::file_size(shop / "in.wav") / 2);
    fs::create_hard_link(shop / "in.wav", shop / "hard.wav");
    fs::create_symlink("in.wav", shop / "link.wav");
    std::ofstream(shop / "out.wav") << "the only copy";
}

using snapshot = std::map<string, string>;   // contents by name

snapshot all_contents(const workshop& shop)
{
    snapshot all;
    for (const auto& name : shop.names()) all[name] = contents(shop / name);
    return all;
}

// Names of files that are new, gone or different.
std::set<string> changes(const snapshot& before, const snapshot& after)
{
    std::set<string> names;
    const auto note = [&](const snapshot& some, const snapshot& others) {
        for (const auto& [name, text] : some)
            if (const auto other = others.find(name); other == others.end() || other->second != text) names.insert(name);
    };
    note(before, after);
    note(after, before);
    return names;
}

}   // namespace

TEST_CASE("What cannot be done is refused in one line, and every file stays as it was")
{
    const auto [line, says] = GENERATE(values<refusal>({
        {"equalise missing.wav out.wav --curve riaa", "missing.wav: no such file"},
        {"equalise empty.wav out.wav --curve riaa", "empty.wav: the file is empty"},
        {"equalise text.wav out.wav --curve riaa", "text.wav: not a sound file"},
        {"equalise truncated.wav out.wav --curve riaa", "truncated.wav: truncated"},
        {"equalise nan.wav out.wav --curve riaa", "channel 2 holds a sample that is not a number at 0.680 s"},
        {"equalise slow.wav out.wav --curve riaa", "sample rate 4000 Hz"},
        {"equalise fast.wav out.wav --curve riaa", "sample rate 1000000 Hz"},
        {"equalise . out.wav --curve riaa", "not a regular file"},
        {"equalise in.wav out.wav --curve raai", "unknown curve 'raai'; nearest: riaa"},
        {"equalise in.wav out.wav --curve columbia", "nearest: columbia_lp"},
        {"equalise in.wav out.wav --curve riaa --undo aess", "nearest: aes"},
        {"equalise in.wav out.wav --curve 3180/318", "three time constants"},
        {"equalise in.wav out.wav --curve 3180/-318/75", "'-318' is not a time constant"},
        {"equalise in.wav out.wav", "--curve is required"},
        {"play in.wav out.wav --preamp magnetic_ria", "unknown preamp 'magnetic_ria'; nearest: magnetic_riaa"},
        {"play in.wav out.wav --preamp magnetic_riaa --full-scale 0", "--full-scale"},
        {"play in.wav out.wav --preamp magnetic_riaa --oversampling 2", "--oversampling: magnetic_riaa has no tubes"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tub", "nearest: nachbaur_magnetic_tube,"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --oversampling 3", "--oversampling: 3"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --precision float", "nachbaur_magnetic_tube are computed in double"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --phase corrected", "--phase corrected: nachbaur_magnetic_tube has tubes"},
        {"play nan.wav out.wav --preamp nachbaur_magnetic_tube", "channel 2 holds a sample that is not a number at 0.680 s"},
        {"play slow.wav out.wav --preamp nachbaur_magnetic_tube", "sample rate 4000 Hz"},
        {"play in.wav out.wav --preamp nachbaur_magnetic_tube --full-scale nan", "--full-scale"},
        {"bias --preamp tube_passive_ria", "no preamp with tubes is named 'tube_passive_ria'; nearest: tube_passive_riaa"},
        {"bias --preamp magnetic_riaa", "no preamp with tubes is named 'magnetic_riaa'"},
        {"bias", "--preamp is required"},
        {"equalise in.wav out.wav --curve riaa --speed fast", "--speed fast"},
        {"equalise in.wav out.wav --curve riaa --speed 0", "--speed 0"},
        {"equalise in.wav out.wav --curve riaa --speed -1", "--speed -1"},
        {"equalise in.wav out.wav --curve riaa --speed 78/0", "--speed 78/0"},
        {"equalise in.wav out.wav --curve riaa --speed 78/33/2", "--speed 78/33/2"},
        {"equalise in.wav out.wav --curve riaa --gain nan", "--gain"},
        {"equalise in.wav out.wav --curve riaa --format mp3", "--format mp3"},
        {"equalise in.wav out.mp3 --curve riaa", "'.mp3'"},
        {"equalise in.wav out --curve riaa", "without an extension"},
        {"equalise in.wav nowhere/out.wav --curve riaa", "there is no folder nowhere"},
        {"equalise in.wav in.wav --curve riaa", "is the input itself"},
        {"equalise in.wav ./in.wav --curve riaa", "is the input itself"},
        {"equalise in.wav hard.wav --curve riaa", "is the input itself"},
        {"equalise in.wav link.wav --curve riaa", "is the input itself"},
        {"equalize in.wav out.wav --curve rumba", "unknown curve"},
        {"equalyse in.wav out.wav", "nearest: equalise"},
        {"response --curve riaa --rate 44100 --to 22050", "below 22050 Hz"},
        {"response --curve riaa --rate 44100 --to 30000", "below 22050 Hz"},
        {"response --curve riaa --rate 7999", "'7999'"},
        {"response --curve riaa --rate 44100 --plot nowhere/plot.svg", "there is no folder nowhere"},
        {"response --preamp magnetic_riaa --open-loop", "magnetic_riaa has no stage with feedback networks to pull"},
        {"response --preamp nachbaur_magnetic --preamp ceramic_flat --open-loop --plot plot.svg", "ceramic_flat has no stage"},
        {"response --curve riaa --open-loop", "--open-loop requires --preamp"},
        {"response --preamp nachbaur_magnetic_tube --open-loop", "nachbaur_magnetic_tube has tubes"},
        {"response --preamp nachbaur_magnetic --asymptotes riaa", "--asymptotes requires --plot"},
        {"response --preamp nachbaur_magnetic --asymptotes raai --plot plot.svg", "unknown curve 'raai'; nearest: riaa"},
        {"response --preamp nachbaur_magnetic --asymptotes 3180/318 --plot plot.svg", "three time constants"},
        {"coefficients --curve riaa --rate 768001", "'768001'"},
        {"coefficients --curve riaa", "--rate is required"},
        {"spice", "Exactly 1 option from [--curve,--preamp] is required"},
        {"spice --curve raai", "unknown curve 'raai'; nearest: riaa"},
        {"spice --preamp magnetic_ria --output out.cir", "unknown preamp 'magnetic_ria'; nearest: magnetic_riaa"},
        {"spice --preamp magnetic_riaa --output nowhere/out.cir", "there is no folder nowhere"},
        {"spice --preamp magnetic_riaa --output .", "exists and is not a regular file"},
        {"match", "which cartridge? give --cartridge NAME, or --coil, --output and --winding"},
        {"match --cartridge denon_dl013", "unknown cartridge 'denon_dl013'; nearest: denon_dl103"},
        {"match --cartridge denon_dl103 --coil 40", "not both"},
        {"match --cartridge denon_dl103 --output 0.3m", "not both"},
        {"match --cartridge denon_dl103 --kind magnetic", "not both"},
        {"match --coil 40", "--coil without --output: give the EMF"},
        {"match --output 0.3m", "which cartridge?"},
        {"match --coil --output 0.3m", "--coil"},
        {"match --coil 0 --output 0.3m", "'0' is not a value from 1 mOhm to 1 MOhm; write it as 40 or 1.5k"},
        {"match --coil -40 --output 0.3m", "'-40' is not a value"},
        {"match --coil 40 --output 0", "'0' is not a value"},
        {"match --coil 40 --output -0.3m", "'-0.3m' is not a value"},
        {"match --coil 40 --output 0.3m --winding -1u", "'-1u' is not a value"},
        {"match --coil forty --output 0.3m", "'forty' is not a value"},
        {"match --coil 40H --output 0.3m", "'40H' is not a value"},
        {"match --coil nan --output 0.3m", "'nan' is not a value"},
        {"match --coil 40 --output 0.3m --load 0", "--load: '0' is not a value"},
        {"match --coil 40 --output 0.3m --feedback 0", "--feedback: '0' is not a value"},
        {"match --coil 40 --output 0.3m --cable -1p", "--cable: '-1p' is not a value"},
        {"match --coil 40 --output 0.3m --gain-bandwidth 0", "--gain-bandwidth: '0' is not a value"},
        {"match --coil 40 --output 0.3m --open-loop-gain 0.5", "--open-loop-gain: '0.5' is not a value"},
        {"match --coil 40 --output 0.3m --gain 0", "--gain: '0' is not a number"},
        {"match --coil 1k --output 5m", "give --winding too"},
        {"match --coil 1k --output 5m --winding 0", "give --winding too"},
        {"match --kind ceramic --output 200m", "EMF follows displacement"},
        {"match --coil 40 --output 0.3m --kind crystal", "--kind"},
        {"match --cartridge denon_dl103 --plot nowhere/plot.svg", "there is no folder nowhere"},
        {"match --cartridge denon_dl103 --plot .", "exists and is not a regular file"},
        {"match --cartridge denon_dl013 --plot plot.svg", "unknown cartridge"},
        {"match --coil 0 --output 0.3m --plot plot.svg", "'0' is not a value"},
    }));
    INFO("phono " << line);
    const workshop shop;
    fill_with_faulty_files(shop);
    const auto before = all_contents(shop);
    const auto done = phono_says(shop, line);
    CHECK(done.status == 2);
    CHECK(done.err.starts_with("phono: "));
    CHECK(done.err.find('\n') == done.err.size() - 1);
    INFO(done.err);
    CHECK(done.err.find(says) != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}

TEST_CASE("A full disk leaves the file that was there, and nothing else")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 2, 1.0));
    std::ofstream(shop / "out.wav") << "the only copy";
    const auto before = all_contents(shop);
    const auto done = shop.run("ulimit -f 64; " + phono_command + "equalise in.wav out.wav --curve riaa");   // 32 KiB
    CHECK(done.status == 2);
    CHECK(done.err.find("out.wav: could not be") != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
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

namespace {

// The number that stands after `before` in a text.
double number_after(const string& text, const string& before)
{
    INFO(text);
    const auto at = text.find(before);
    REQUIRE(at != string::npos);
    return std::stod(text.substr(at + before.size()));
}

}   // namespace

TEST_CASE("Clipped samples are counted and reported, with the gain that avoids them")
{
    const workshop shop;
    const auto loud = sine(2.0, 1000.0, 44'100, 1.0, wav_float);
    write(shop / "in.wav", loud);
    const auto clipped = std::count_if(loud.samples.begin(), loud.samples.end(), [](double x) {
        const double level = std::nearbyint(static_cast<float>(x) * 0x1p15);
        return level > 32767.0 || level < -32768.0;
    });
    const string line = "equalise in.wav out.wav --curve acoustic --format pcm16 --no-dither";
    const auto done = phono_says(shop, line);
    CHECK(done.status == 0);
    CHECK(done.out.find("peak +6.02 dBFS") != string::npos);
    CHECK(number_after(done.err, "out.wav: ") == double(clipped));
    const double gain = number_after(done.err, "--gain ");
    CHECK(gain == Approx(-6.1));
    CHECK(run(shop, line + " --gain " + std::to_string(gain)).find(" 0 samples clipped") != string::npos);

    CHECK(run(shop, "equalise in.wav whole.wav --curve acoustic").find(" 0 samples clipped") != string::npos);
    CHECK(measure::peak(read(shop / "whole.wav").samples) == Approx(2.0).epsilon(1e-3));
}

TEST_CASE("The gain that play suggests for an overload avoids it")
{
    const workshop shop;
    write(shop / "in.wav", sine(0.9, 200.0, 44'100, 1.0, wav_16));   // RIAA lifts 200 Hz by 8 dB
    const string line = "play in.wav out.wav --preamp magnetic_riaa";
    const auto done = phono_says(shop, line);
    CHECK(done.status == 0);
    const double gain = number_after(done.err, "--gain ");
    run(shop, line + " --gain " + std::to_string(gain));
    const double peak = measure::peak(read(shop / "out.wav").samples);
    CHECK(peak < 1.0);
    CHECK(peak > 0.97);
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

TEST_CASE("A disc transferred at another speed gets time constants in that ratio")
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
    run(shop, string{"equalise in.wav constants.wav --curve "} + riaa_us);
    CHECK(same_file(shop, "name.wav", "constants.wav"));
}

TEST_CASE("response prints the analogue curve and how near the digital filter is")
{
    const int rate = GENERATE(44'100, 48'000, 88'200, 96'000, 176'400, 192'000);
    const workshop shop;
    const string text = run(shop, "response --curve riaa --rate " + std::to_string(rate));
    CHECK(text.starts_with("frequency_hz,analogue_db,digital_db,error_db,analogue_phase_deg,digital_phase_deg\n"));
    const auto rows = table(text);
    REQUIRE(rows.size() == 200);
    CHECK(rows.front().at("frequency_hz") == 20.0);
    CHECK(rows.back().at("frequency_hz") == 20e3);
    for (const auto& row : rows) {
        const double f = row.at("frequency_hz");
        INFO(f << " Hz");
        CHECK(std::abs(row.at("analogue_db") - riaa_db(f)) < 1e-7);   // frequencies have six decimals
        CHECK(std::abs(row.at("analogue_phase_deg") - double(std::arg(exact_riaa(f)) * 180.0L / measure::pi)) < 1e-6);
        CHECK(std::abs(row.at("digital_db") - row.at("analogue_db") - row.at("error_db")) < 1e-11);
        CHECK(std::abs(row.at("error_db")) <= bound_db(rate));
    }
}

TEST_CASE("With its phase corrected the digital filter follows the analogue phase")
{
    const workshop shop;
    for (const auto& row : table(run(shop, "response --curve riaa --rate 44100 --phase corrected"))) {
        INFO(row.at("frequency_hz") << " Hz");
        CHECK(std::abs(row.at("digital_phase_deg") - row.at("analogue_phase_deg")) <= 0.1);
        CHECK(std::abs(row.at("error_db")) <= 5e-5);
    }
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

namespace {

// Every element of a document closed, in the right order.
void check_well_formed(const string& svg)
{
    std::vector<string> open;
    for (std::size_t at = svg.find('<'); at != string::npos; at = svg.find('<', at + 1)) {
        const auto end = svg.find('>', at);
        REQUIRE(end != string::npos);
        const string tag = svg.substr(at + 1, end - at - 1);
        CHECK(tag.find('<') == string::npos);
        if (tag.ends_with('/')) continue;
        if (tag.starts_with('/')) {
            REQUIRE_FALSE(open.empty());
            CHECK(open.back() == tag.substr(1));
            open.pop_back();
        } else {
            open.push_back(tag.substr(0, tag.find(' ')));
        }
    }
    CHECK(open.empty());
}

}   // namespace

TEST_CASE("The option --plot writes a well-formed SVG")
{
    const auto line = GENERATE(as<string>{}, "--curve riaa", "--curve all --against riaa", "--preamp magnetic_riaa --title 'a<b & \"c\"'");
    const workshop shop;
    run(shop, "response " + line + " --rate 44100 --plot plot.svg");
    const string svg = contents(shop / "plot.svg");
    CHECK(svg.starts_with("<svg"));
    CHECK(svg.ends_with("</svg>\n"));
    check_well_formed(svg);
    CHECK(svg.find("nan") == string::npos);
    CHECK(svg.find("inf") == string::npos);
    CHECK(shop.names() == std::set<string>{"plot.svg"});
    if (line.find("--title") != string::npos) CHECK(svg.find("a&lt;b &amp; ") != string::npos);
}

namespace {

// The rows of a table whose first column is a name, by that name.
std::map<string, csv> tables_by_name(const string& text)
{
    std::istringstream lines(text);
    string line, columns;
    REQUIRE(std::getline(lines, line));
    REQUIRE(line.starts_with("name,"));
    columns = line.substr(line.find(',') + 1) + '\n';
    std::map<string, string> texts;
    while (std::getline(lines, line)) {
        const auto comma = line.find(',');
        texts.try_emplace(line.substr(0, comma), columns).first->second += line.substr(comma + 1) + '\n';
    }
    std::map<string, csv> tables;
    for (const auto& [name, rows] : texts) tables[name] = table(rows);
    return tables;
}

}   // namespace

TEST_CASE("The open loop stands in the table as a curve of its own, as ngspice has it")
{
    const workshop shop;
    const string what = "response --preamp nachbaur_magnetic --rate 768000 --from 1 --to 10000 --points 201";   // the rows of ngspice
    const auto tables = tables_by_name(run(shop, what + " --open-loop"));
    REQUIRE(tables.size() == 2);
    const auto& open = tables.at("nachbaur_magnetic open loop");
    const auto expected = table(contents(PHONO_REFERENCE "/linear/nachbaur_openloop.csv"));
    REQUIRE(open.size() == 201);
    REQUIRE(expected.size() > open.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
        INFO(expected[i].at("frequency_hz") << " Hz");
        REQUIRE(open[i].at("frequency_hz") == Approx(expected[i].at("frequency_hz")).epsilon(1e-6));
        CHECK(std::abs(open[i].at("analogue_db") - expected[i].at("magnitude_db")) <= 1e-6);
        CHECK(std::abs(open[i].at("analogue_phase_deg") - expected[i].at("phase_deg")) <= 1e-5);
        CHECK(std::abs(open[i].at("digital_db") - open[i].at("analogue_db")) <= 1e-6);
    }
    CHECK(tables.at("nachbaur_magnetic") == table(run(shop, what)));
}

TEST_CASE("Preamps with one amplifier have one open loop in the plot")
{
    const workshop shop;
    const auto drawn = [&](const string& preamps) {
        run(shop, "response --open-loop --rate 192000 --plot plot.svg" + preamps);
        return contents(shop / "plot.svg");
    };
    // Gains above and errors below.
    const string same = drawn(" --preamp nachbaur_magnetic --preamp nachbaur_ceramic");
    CHECK(count(same, "class=\"line\"") == 2 * 3);
    CHECK(count(same, ">Open loop<") == 1);
    const string two = drawn(" --preamp nachbaur_magnetic --preamp nachbaur_magnetic_cartridge");
    CHECK(count(two, "class=\"line\"") == 2 * 4);
    CHECK(count(two, ", open loop<") == 2);
}

TEST_CASE("The asymptotes are straight lines between the corners of the curve, which meets the preamp at 1 kHz")
{
    const workshop shop;
    const auto rows = table(run(shop, "response --preamp nachbaur_magnetic --from 1000 --to 2000 --points 2"));
    const double gain_db = rows.front().at("analogue_db");
    run(shop, "response --preamp nachbaur_magnetic --asymptotes riaa --rate 768000 --from 1 --to 300000 --plot plot.svg");
    const string svg = contents(shop / "plot.svg");
    check_well_formed(svg);
    CHECK(svg.find(">RIAA (3180/318/75 us), asymptotes<") != string::npos);

    // The axes, from the places of their labels.
    const auto place_of = [&](const string& coordinate, const string& label) {
        const auto end = svg.find(">" + label + "</text>");
        REQUIRE(end != string::npos);
        return number_after(svg.substr(svg.rfind("<text", end)), coordinate + "=\"");
    };
    const double left = place_of("x", "1"), decade = (place_of("x", "1k") - left) / 3.0;
    const double ten_db = place_of("y", "10") - place_of("y", "20"), twenty = place_of("y", "20") - 4.5;   // text hangs that low

    // The last dashed line; the one before it is the digital filter.
    const auto line = svg.rfind("stroke-dasharray=\"6 6\" points=\"");
    REQUIRE(line != string::npos);
    const auto begin = svg.find("points=\"", line) + 8;
    std::istringstream points(svg.substr(begin, svg.find('"', begin) - begin));
    std::vector<std::pair<double, double>> corners;   // hertz, dB
    char comma = 0;
    for (double x = 0.0, y = 0.0; points >> x >> comma >> y;)
        corners.emplace_back(std::pow(10.0, (x - left) / decade), 20.0 - 10.0 * (y - twenty) / ten_db);

    const double at_dc = gain_db + riaa_db(1e-3);
    const auto hertz = [](double us) { return 1e6 / (2.0 * double(measure::pi) * us); };
    const std::vector<std::pair<double, double>> expected{
        {1.0, at_dc},
        {hertz(3180.0), at_dc},
        {hertz(318.0), at_dc - 20.0},
        {hertz(75.0), at_dc - 20.0},
        {300e3, at_dc - 20.0 - 20.0 * std::log10(300e3 / hertz(75.0))},
    };
    REQUIRE(corners.size() == expected.size());
    for (std::size_t i = 0; i < corners.size(); ++i) {
        CHECK(corners[i].first == Approx(expected[i].first).epsilon(2e-3));   // a tenth of a pixel
        CHECK(corners[i].second == Approx(expected[i].second).margin(0.05));
    }
}

namespace {

double cascade_db(const csv& sections, double hertz, double rate)
{
    const auto w = std::polar(1.0L, -2.0L * measure::pi * static_cast<long double>(hertz) / static_cast<long double>(rate));
    measure::complex h{1.0L};
    for (const auto& s : sections) {
        const auto value = [&](const char* name) { return static_cast<long double>(s.at(name)); };
        h *= (value("b0") + w * (value("b1") + w * value("b2"))) / (1.0L + w * (value("a1") + w * value("a2")));
    }
    return measure::decibels(std::abs(h));
}

}   // namespace

TEST_CASE("Coefficients give the response")
{
    const auto what =
        GENERATE(as<string>{}, "--curve riaa", "--curve riaa --inverse", "--curve columbia_lp --absolute", "--curve riaa_iec --speed 78/45",
                 "--preamp magnetic_riaa", "--preamp at_vm95e_riaa_iec", "--preamp nachbaur_magnetic_tube");
    const int rate = GENERATE(44'100, 96'000, 192'000);
    const workshop shop;
    const string arguments = what + " --rate " + std::to_string(rate);
    INFO(arguments);
    const auto sections = table(run(shop, "coefficients " + arguments));
    for (const auto& row : table(run(shop, "response --points 50 " + arguments))) {
        INFO(row.at("frequency_hz") << " Hz");
        CHECK(std::abs(cascade_db(sections, row.at("frequency_hz"), rate) - row.at("digital_db")) < 1e-6);
    }
}

TEST_CASE("Coefficients as JSON are the same numbers")
{
    const workshop shop;
    const auto sections = table(run(shop, "coefficients --curve riaa --rate 44100"));
    string json = run(shop, "coefficients --curve riaa --rate 44100 --json");
    CHECK(number_after(json, "\"rate_hz\": ") == 44'100.0);
    for (const auto& section : sections) {
        for (const char* name : {"b0", "b1", "b2", "a1", "a2"}) CHECK(number_after(json, '"' + string{name} + "\": ") == section.at(name));
        json.erase(0, json.find("\"a2\"") + 4);
    }
    CHECK(json.find("\"b0\"") == string::npos);
}

TEST_CASE("spice writes what ngspice runs with the response that phono says")
{
    const auto what =
        GENERATE(as<string>{}, "--preamp magnetic_riaa", "--preamp at_vm95e_riaa_iec --without-cartridge", "--curve riaa",
                 "--curve columbia_lp --inverse --absolute", "--curve 3180/318/50 --speed 78/33.33", "--preamp nachbaur_magnetic_tube");
    INFO("phono spice " << what << "; ngspice is installed by tests/install");
    const workshop shop;
    const string said = run(shop, "spice " + what + " --output preamp.cir");
    CHECK(said.starts_with("preamp.cir: "));
    CHECK(said.find('\n') == said.size() - 1);
    CHECK(run(shop, "spice " + what) == contents(shop / "preamp.cir"));

    // 50 a decade, as in the netlist
    const auto rows = table(run(shop, "response --rate 768000 --from 10 --to 100000 --points 201 " + what));
    const auto simulated = shop.run("HOME=. '" PHONO_NGSPICE "' -b preamp.cir");
    REQUIRE(simulated.status == 0);
    std::istringstream lines(simulated.out);
    std::size_t index = 0, seen = 0;
    double hertz = 0.0, gain_db = 0.0, degrees = 0.0;
    for (string line; std::getline(lines, line);) {
        if (std::istringstream fields(line); !(fields >> index >> hertz >> gain_db >> degrees)) continue;
        REQUIRE(index < rows.size());
        INFO(hertz << " Hz");
        CHECK(hertz == Approx(rows[index].at("frequency_hz")).epsilon(1e-7));   // which has six decimals
        CHECK(std::abs(gain_db - rows[index].at("analogue_db")) <= 1e-6);
        CHECK(std::abs(degrees - rows[index].at("analogue_phase_deg")) <= 1e-5);
        ++seen;
    }
    CHECK(seen == rows.size());
}

TEST_CASE("A full disk leaves the netlist that was there, and nothing else")
{
    const workshop shop;
    std::ofstream(shop / "out.cir") << "the only copy";
    const auto before = all_contents(shop);
    const auto done = shop.run("ulimit -f 1; " + phono_command + "spice --preamp magnetic_riaa --output out.cir");   // 512 bytes
    CHECK(done.status == 2);
    CHECK(done.err.find("out.cir: could not be") != string::npos);
    CHECK(changes(before, all_contents(shop)).empty());
}

namespace {

/// A JSON document as values by path, `voltage.rules.0.grade`: strings without their quotes, anything else as it stands.
class json {
public:
    explicit json(const string& text) : text_{text}
    {
        value("");
        skip();
        CHECK(at_ == text_.size());
    }

    const string& at(const string& path) const
    {
        INFO(path);
        REQUIRE(values_.count(path) == 1);
        return values_.at(path);
    }
    double number(const string& path) const { return std::stod(at(path)); }
    bool has(const string& path) const { return values_.count(path) == 1; }

private:
    char peek()
    {
        skip();
        REQUIRE(at_ < text_.size());
        return text_[at_];
    }
    void skip() { at_ = std::min(text_.find_first_not_of(" \n", at_), text_.size()); }
    void take(char expected)
    {
        INFO("character " << at_ << " of " << text_);
        REQUIRE(peek() == expected);
        ++at_;
    }
    string quoted()
    {
        take('"');
        string result;
        for (; text_.at(at_) != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
            result += text_.at(at_);
        }
        ++at_;
        return result;
    }
    void members(char open, char close, const auto& member)
    {
        take(open);
        for (int i = 0; peek() != close; ++i) {
            if (i > 0) take(',');
            member(i);
        }
        take(close);
    }
    void value(const string& path)
    {
        const string within = path.empty() ? path : path + '.';
        if (peek() == '{') {
            members('{', '}', [&](int) {
                const string name = quoted();
                CHECK(values_.count(within + name) == 0);
                take(':');
                value(within + name);
            });
        } else if (peek() == '[') {
            members('[', ']', [&](int i) { value(within + std::to_string(i)); });
        } else if (peek() == '"') {
            values_[path] = quoted();
        } else {
            const auto end = text_.find_first_of(",]} \n", at_);
            const string word = text_.substr(at_, end - at_);
            INFO(word);
            std::size_t read = 0;
            if (word != "null" && word != "true" && word != "false") CHECK((std::stod(word, &read), read == word.size()));
            values_[path] = word;
            at_ += word.size();
        }
    }

    string text_;
    std::size_t at_ = 0;
    std::map<string, string> values_;
};

json matched(const workshop& shop, const string& arguments) { return json{run(shop, "match --json " + arguments)}; }

}   // namespace

TEST_CASE("match --json is what the library says of the cartridge")
{
    const workshop shop;
    const auto same = [&](const string& arguments, const auto& cartridge, const phono::match_inputs& inputs) {
        INFO(arguments);
        const json found = matched(shop, arguments);
        const auto expected = phono::match(cartridge, inputs);
        const auto agrees = [&](const string& path, double value) {
            INFO(path);
            CHECK(found.number(path) == Approx(value).epsilon(1e-9).margin(1e-12));
        };
        agrees("cartridge.coil_ohm", cartridge.resistance.si);
        agrees("cartridge.output_v", cartridge.output.si);
        agrees("inputs.load_ohm", inputs.load.si);
        agrees("inputs.cable_f", inputs.cable.si);
        agrees("inputs.feedback_ohm", inputs.feedback.si);
        agrees("inputs.gain_bandwidth_hz", inputs.gain_bandwidth.si);
        agrees("inputs.voltage_gain_db", inputs.voltage_gain.decibels);
        agrees("inputs.open_loop_gain_db", inputs.open_loop_gain.decibels);
        for (const auto mode : {phono::input_mode::voltage, phono::input_mode::transimpedance}) {
            const string input = mode == phono::input_mode::voltage ? "voltage." : "transimpedance.";
            const auto& figures = phono::figures_of(expected, mode);
            agrees(input + "gain_at_1_khz_db", figures.gain_at_1_khz.decibels);
            agrees(input + "output_v", figures.output.si);
            agrees(input + "bandwidth_hz", figures.bandwidth.si);
            agrees(input + "response_at_20_khz_db", figures.at_20_khz.decibels);
            agrees(input + "noise_v_per_root_hz", figures.noise);
            for (std::size_t i = 0; i < phono::match_cables.size(); ++i) {
                agrees(input + "cables." + std::to_string(i) + ".cable_f", phono::match_cables[i].si);
                agrees(input + "cables." + std::to_string(i) + ".change_at_20_khz_db", figures.cable_change[i].decibels);
            }
            const auto verdict = phono::judge(expected, mode);
            constexpr std::array grades{"suits", "usable", "does not suit"};
            CHECK(found.at(input + "grade") == grades.at(static_cast<std::size_t>(verdict.match)));
            CHECK(found.at(input + "grade_as_set") == grades.at(static_cast<std::size_t>(verdict.as_set)));
            int held = 0;
            for (std::size_t i = 0; i < phono::match_rules.size(); ++i) {
                if (!verdict.holds[i]) continue;
                const string rule = input + "rules." + std::to_string(held++) + '.';
                CHECK(found.at(rule + "rule") == phono::match_rules[i].name);
                CHECK(found.at(rule + "decides") == (verdict.decides(i) ? "true" : "false"));
                CHECK(found.at(rule + "source") == phono::match_rules[i].source);
                agrees(rule + "value", phono::match_rules[i].quantity.measure(expected, mode));
            }
            CHECK(held > 0);
            CHECK_FALSE(found.has(input + "rules." + std::to_string(held) + ".rule"));
        }
        for (std::size_t i = 0; i < 3; ++i) {
            agrees("voltage.loads." + std::to_string(i) + ".load_ohm", expected.loads[i].load.si);
            agrees("voltage.loads." + std::to_string(i) + ".gain_at_1_khz_db", expected.loads[i].gain_at_1_khz.decibels);
            agrees("voltage.loads." + std::to_string(i) + ".response_at_20_khz_db", expected.loads[i].at_20_khz.decibels);
        }
        agrees("transimpedance.input_impedance_at_1_khz_ohm", expected.input_impedance_at_1_khz.si);
        agrees("transimpedance.input_impedance_at_20_khz_ohm", expected.input_impedance_at_20_khz.si);
        agrees("transimpedance.phase_margin_degrees", expected.phase_margin);
        return found;
    };
    const phono::capacitance cable{470e-12};
    const phono::moving_coil_cartridge coil{phono::voltage{0.3e-3}, phono::resistance{40.0}, phono::inductance{150e-6}};
    const phono::magnetic_cartridge magnet{phono::voltage{5e-3}, phono::resistance{1300.0}, phono::inductance{0.7}};
    const json of_name = same("--cartridge denon_dl103", phono::cartridges::denon_dl103, {.load = phono::resistance{400.0}});
    CHECK(of_name.at("cartridge.name") == "denon_dl103");
    CHECK(of_name.at("cartridge.winding_h") == "null");
    CHECK(of_name.at("transimpedance.source_bandwidth_hz") == "null");   // nothing limits it
    CHECK(of_name.at("notes.0").find("unknown: bandwidth is an upper bound") != string::npos);
    CHECK(of_name.at("choice") == "voltage");
    const json of_values = same("--coil 40 --winding 150u --output 0.3m", coil, {.load = phono::resistance{400.0}});
    CHECK(of_values.at("cartridge.name") == "null");
    CHECK(of_values.number("cartridge.winding_h") == 150e-6);
    CHECK(of_values.at("cartridge.kind") == "moving coil");
    CHECK(of_values.at("transimpedance.limited_by") == "winding");
    CHECK(of_values.at("voltage.limited_by") == "amplifier");
    CHECK(same("--coil 1.3k --winding 700m --output 5m", magnet, {}).at("cartridge.kind") == "magnetic");
    same("--cartridge Denon-DL103 --winding 150u", coil, {.load = phono::resistance{400.0}});
    same(
        "--coil 40 --winding 150u --output 0.3m --load 120 --cable 470p --gain 26 --feedback 2.2k --gain-bandwidth 50M "
        "--open-loop-gain 1M",
        coil,
        {.load = phono::resistance{120.0},
         .cable = cable,
         .open_loop_gain = phono::gain{120.0},
         .gain_bandwidth = phono::frequency{50e6},
         .voltage_gain = phono::gain{26.0},
         .feedback = phono::resistance{2200.0}});
}

TEST_CASE("A part's value may have a prefix and its unit")
{
    const auto [text, ohms] = GENERATE(table<string, double>({{"40", 40.0},
                                                              {"40Ohm", 40.0},
                                                              {"'40 Ohm'", 40.0},
                                                              {"0.04k", 40.0},
                                                              {"0.04kOhm", 40.0},
                                                              {"'0.04 kOhm'", 40.0},
                                                              {"4e1", 40.0},
                                                              {"40000m", 40.0},
                                                              {"40000000u", 40.0},
                                                              {"0.00004M", 40.0},
                                                              {"12.5", 12.5}}));
    const workshop shop;
    const json found = matched(shop, "--output 0.3mV --winding 25uH --coil " + text);
    CHECK(found.number("cartridge.coil_ohm") == Approx(ohms).epsilon(1e-15));
    CHECK(found.number("cartridge.output_v") == 0.3e-3);
    CHECK(found.number("cartridge.winding_h") == 25e-6);
}

TEST_CASE("match prints both inputs side by side, what it assumes, and a verdict with its reason")
{
    const workshop shop;
    const string text = run(shop, "match --cartridge denon_dl103");
    INFO(text);
    const auto says = [&](const string& words) {
        INFO(words);
        CHECK(text.find(words) != string::npos);
    };
    says("Denon DL-103: moving coil, 40 Ohm, winding unknown, 300 uV RMS");
    says("load 400 Ohm, gain 40 dB");
    says("feedback resistor Rf 1 kOhm");
    says("open-loop gain 100000 and gain-bandwidth 10 MHz");
    says("Winding inductance unknown: bandwidth is an upper bound");
    says("voltage input         trans-impedance input");
    says("+39.16 dB             +27.96 dB");
    says("load 800 Ohm: 1 kHz, 20 kHz");
    says("\nVoltage input: suits.\n");
    says("\nTrans-impedance input: does not suit.\n");
    says("the coil is 40 Ohm (above 20 Ohm): ");
    says("[published: heynowhifi.com.au");
    says("\nOverall: The voltage input; a trans-impedance input does not suit.\n");
    std::istringstream lines(text);
    for (string line; std::getline(lines, line);) CHECK(line.size() <= 100);

    const string slow = run(shop, "match --coil 2 --winding 2u --output 0.2m");
    CHECK(slow.find("Taken for a moving coil since its coil is below 200 Ohm") != string::npos);
    CHECK(slow.find("Trans-impedance input: suits, but not as set.") != string::npos);
    CHECK(slow.find("as set: the -3 dB bandwidth is 17.88 kHz (below 20 kHz)") != string::npos);
    CHECK(slow.find("unknown") == string::npos);
    const string mended = run(shop, "match --coil 2 --winding 2u --output 0.2m --feedback 100");
    CHECK(mended.find("Trans-impedance input: suits.\n") != string::npos);
}

TEST_CASE("match knows every cartridge of the catalogue and takes no word for a kind that was said")
{
    const workshop shop;
    phono::catalogue::for_each_cartridge([&](const auto& known) {
        INFO(known.name);
        CHECK(matched(shop, "--cartridge " + string{known.name}).at("cartridge.title") == known.title);
    });
    CHECK(matched(shop, "--coil 150 --winding 45m --output 4m --kind magnetic").at("cartridge.kind") == "magnetic");
    CHECK(matched(shop, "--coil 300 --output 2m --kind moving-coil").at("cartridge.kind") == "moving coil");
}

TEST_CASE("match --plot draws both responses beside its text")
{
    const workshop shop;
    const string options = "--coil 12 --winding 25u --output 0.4m";
    const string text = run(shop, "match " + options);
    CHECK(run(shop, "match " + options + " --plot plot.svg") == text);
    CHECK(shop.names() == std::set<string>{"plot.svg"});
    const string svg = contents(shop / "plot.svg");
    CHECK(svg.starts_with("<svg"));
    CHECK(svg.ends_with("</svg>\n"));
    check_well_formed(svg);
    CHECK(svg.find("nan") == string::npos);
    CHECK(svg.find("inf") == string::npos);
    CHECK(svg.find("voltage input") != string::npos);
    CHECK(svg.find("trans-impedance input") != string::npos);
}

TEST_CASE("list names every curve and preamp of the catalogue, and every name is understood")
{
    const workshop shop;
    const string list = run(shop, "list");
    const auto check = [&](std::string_view name, const string& option) {
        INFO(name);
        CHECK(list.find("\n  " + string{name} + ' ') != string::npos);
        run(shop, "response --points 2 " + option + string{name});
    };
    for (const auto& known : phono::catalogue::curves) check(known.name, "--curve ");
    phono::catalogue::for_each_preamp([&](const auto& known) { check(known.name, "--preamp "); });
    phono::catalogue::for_each_tube_preamp([&](const auto& known) { check(known.name, "--preamp "); });
    phono::catalogue::for_each_cartridge([&](const auto& known) { CHECK(list.find("\n  " + string{known.name} + ' ') != string::npos); });
}

TEST_CASE("list marks the preamps with tubes and names the triodes with their sources")
{
    const workshop shop;
    const string preamps = run(shop, "list preamps"), sources = run(shop, "list triodes --sources");
    const auto marked = preamps.find("\nPreamps with tubes");
    REQUIRE(marked != string::npos);
    const auto stands_behind = [&](const auto& known) { return preamps.find("\n  " + string{known.name} + ' ') > marked; };
    phono::catalogue::for_each_preamp([&](const auto& known) { CHECK_FALSE(stands_behind(known)); });
    int tubes = 0, triodes = 0;
    phono::catalogue::for_each_tube_preamp([&](const auto& known) {
        CHECK(stands_behind(known));
        ++tubes;
    });
    phono::catalogue::for_each_triode([&](const auto& known) {
        INFO(known.name);
        const auto line = sources.find("\n  " + string{known.name} + ' ');
        REQUIRE(line != string::npos);
        const string next = sources.substr(sources.find('\n', line + 1) + 1);
        CHECK(next.substr(0, next.find('\n')).ends_with("  " + string{known.source}));
        ++triodes;
    });
    CHECK(count(preamps.substr(marked + 1), "\n  ") == tubes);
    CHECK(count(sources, "\n  ") == 2 * triodes);   // each with a line of source
}

TEST_CASE("bias prints a line for each triode of a preamp")
{
    const workshop shop;
    phono::catalogue::for_each_tube_preamp([&](const auto& known) {
        const string text = run(shop, "bias --preamp " + string{known.name});
        INFO(text);
        std::istringstream lines(text);
        string head;
        std::getline(lines, head);
        for (const auto& tube : phono::bias(known.value)) {
            double number = 0.0, plate = 0.0, grid = 0.0, cathode = 0.0, milliamperes = 0.0;
            lines >> number >> plate >> grid >> cathode >> milliamperes;
            std::getline(lines, head);
            CHECK(std::abs(plate - tube.plate.si) <= 0.0051);
            CHECK(std::abs(cathode - tube.cathode.si) <= 0.00051);
            CHECK(std::abs(milliamperes - 1e3 * tube.plate_current.si) <= 0.000051);
        }
        CHECK(lines.peek() == std::istringstream::traits_type::eof());
    });
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

// What ngspice makes of the same circuit, the end of 0.3 s of 1 kHz from rest at 48 kHz: volts at the output.
std::vector<double> by_ngspice(const string& name)
{
    std::vector<double> volts;
    for (const auto& row : table(contents(PHONO_REFERENCE "/tube/" + name + "_last20ms.csv"))) volts.push_back(row.at("vout_V"));
    return volts;
}

std::vector<double> last(const std::vector<double>& x, std::size_t count)
{
    return {x.end() - static_cast<std::ptrdiff_t>(count), x.end()};
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

TEST_CASE("A tube preamp keeps the level of a tone from a cartridge and distorts the more the more volts full scale is")
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
        CHECK(level < 0.1);   // driven harder it is compressed
        const double more = distortion(settled, 1000.0, rate);
        CHECK(more > 3.0 * less);
        less = more;
    }
    CHECK(less > 0.1);
}

TEST_CASE("What a tube preamp plays stands where it stood and has the circuit's response at small signals")
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
        const auto done = phono_says(shop, string{"play in.wav out.wav --preamp nachbaur_magnetic_tube --full-scale "} + volts);
        INFO(done.out << done.err);
        CHECK(done.status == 0);
        const auto samples = read(shop / "out.wav").samples;
        CHECK(std::all_of(samples.begin(), samples.end(), [](double x) { return std::isfinite(x); }));
        const double unsolved = number_after(done.out, " dB, ");
        CHECK(done.err.empty() == (unsolved == 0.0));
        if (!done.err.empty()) CHECK(number_after(done.err, "out.wav: ") == unsolved);
    }
}

namespace {

struct ending {
    int status;       // as waitpid has it
    long kilobytes;   // resident at most
};

// The command as a child of ours, to be stopped or measured; a shell would take the signal in its place.
pid_t start(const workshop& shop, std::vector<string> arguments)
{
    arguments.insert(arguments.begin(), PHONO_COMMAND);
    const fs::path folder = shop / "";
    std::vector<char*> argv;
    for (auto& word : arguments) argv.push_back(word.data());
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_RDWR);
        for (const int stream : {0, 1, 2}) ::dup2(nothing, stream);
        std::signal(SIGINT, SIG_DFL);   // a background job's children would ignore it
        if (::chdir(folder.c_str()) == 0) ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    return child;
}

ending wait_for(pid_t child)
{
    int status = 0;
    rusage used{};
    while (::wait4(child, &status, 0, &used) < 0) REQUIRE(errno == EINTR);
    return {status, used.ru_maxrss};
}

}   // namespace

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

TEST_CASE("An interrupted run leaves nothing behind")
{
    const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 6, 1.0), 60);
    const std::set<string> before{"in.wav"};
    const pid_t child = start(shop, {"equalise", "in.wav", "out.wav", "--curve", "riaa"});
    while (shop.names() == before && ::kill(child, 0) == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
        siginfo_t ended{};
        REQUIRE(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0);
        if (ended.si_pid == child) break;
    }
    CHECK(shop.names().size() == 2);   // the unfinished file, under another name
    CHECK_FALSE(fs::exists(shop / "out.wav"));
    REQUIRE(::kill(child, signal) == 0);
    const auto end = wait_for(child);
    REQUIRE(WIFSIGNALED(end.status));   // it had not finished
    CHECK(WTERMSIG(end.status) == signal);
    CHECK(shop.names() == before);
}

TEST_CASE("A successful run says one line on standard output and draws no progress bar in a pipe")
{
    const workshop shop;
    write(shop / "in.wav", noise(0.1, 44'100, 6, 1.0), 30);   // long enough for a bar to appear
    const auto done = phono_says(shop, "equalise in.wav out.wav --curve riaa");
    CHECK(done.status == 0);
    CHECK(done.err.empty());
    CHECK(done.out.starts_with("out.wav: RIAA"));
    CHECK(done.out.find('\n') == done.out.size() - 1);
    CHECK(done.out.find('\r') == string::npos);
}
