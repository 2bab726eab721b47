// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "measure.hpp"
#include "tube_circuits.hpp"
#include "tube_signal.hpp"

#include <phono/tube_preamp.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using measure::signal;

/// They are large: not for the stack.
template <class Chain>
std::unique_ptr<tube_preamp<Chain>> running(const Chain& schematic, double rate, oversampling factor = oversampling::automatic)
{
    auto made = std::make_unique<tube_preamp<Chain>>(schematic, frequency{rate}, factor);
    INFO(made->problem().part << " " << made->problem().rule);
    REQUIRE_FALSE(made->problem());
    return made;
}

std::string decibels_text(double value, const char* format = "%10.3g")
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return std::string{text} + " dB";
}

std::string at_rate(const std::string& name, double rate, int factor)
{
    return name + ", " + measure::in_khz(rate) + (factor > 1 ? " x " + std::to_string(factor) : "");
}

/// What a preamp answers, at the times of the reference: its constant delay taken out.
template <class Chain>
signal answer(tube_preamp<Chain>& preamp, const auto& drive, double rate, std::size_t length)
{
    const auto ahead = static_cast<std::size_t>(std::ceil(std::max(preamp.latency(), 0.0)));
    return measure::resampled(measure::played(preamp, drive, rate, length + ahead + measure::beyond), preamp.latency(), length);
}

/// The output of a run of tube_smooth as deviation from rest, at 44.1 kHz or at what 192 kHz is a multiple of.
signal smooth_reference(const std::string& name, double rate)
{
    const bool is_slow = rate == 44.1e3;
    const signal column = measure::transient("tube_smooth/" + name + (is_slow ? "_44100" : "_192000"))[is_slow ? 2 : 1];
    const auto step = static_cast<std::size_t>(is_slow ? 1 : std::lround(192e3 / rate));
    signal y;
    for (std::size_t i = 0; i < column.size(); i += step) y.push_back(column[i] - column[0]);
    return y;
}

signal second_half(const signal& y) { return {y.begin() + static_cast<std::ptrdiff_t>(y.size() / 2), y.end()}; }

signal difference(const signal& a, const signal& b)
{
    signal off(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) off[i] = a[i] - b[i];
    return off;
}

// Against ngspice: a smooth grid current ---------------------------------------------------------------------------------------------------

struct run {
    const char* name;
    double amplitude, hertz, floor;   ///< volts; decibels re peak, in the second half
    double at_44, at_192;             ///< bounds of the steady state, decibels re peak
};
constexpr run stage_runs[] = {{"ck_0.005_1000", 0.005, 1e3, -146.0, -105.0, -118.0},
                              {"ck_1_1000", 1.0, 1e3, -146.0, -100.0, -116.0},
                              {"ck_4_1000", 4.0, 1e3, -126.0, -63.0, -88.0}};
constexpr run feedback_runs[] = {{"fb_0.005_1000", 0.005, 1e3, -137.0, -105.0, -118.0},
                                 {"fb_0.3_1000", 0.3, 1e3, -144.0, -105.0, -118.0},
                                 {"fb_1_1000", 1.0, 1e3, -121.0, -60.0, -80.0}};
constexpr run fast_run{"ck_1_10000", 1.0, 10e3, -98.0, -58.0, -62.0};

/// All of the waveform in the steady state.
///
/// A sine that begins at t = 0 has a kink there, which a sampled drive cannot hold: what that leaves on the coupling capacitors decays with
/// the circuit's own 22 ms and more. It is a drift of the output; a parabola over the second half of the 20 ms takes it out, and it is
/// bounded for itself.
template <class Chain>
void agrees(const Chain& schematic, const run& expected, double rate)
{
    const signal reference = smooth_reference(expected.name, rate);
    const auto preamp = running(schematic, rate);
    const signal off = difference(answer(*preamp, measure::sine(expected.amplitude, expected.hertz), rate, reference.size()), reference);
    signal late = second_half(off);
    const double peak = measure::peak(second_half(reference));
    const auto drift = measure::take_apart(late, expected.hertz, rate, 0, 2);
    double drifted = 0.0;
    for (std::size_t i = 0; i < late.size(); ++i) {
        const double part = drift.drift_at(2.0 * static_cast<double>(i) / static_cast<double>(late.size() - 1) - 1.0);
        drifted = std::max(drifted, std::fabs(part));
        late[i] -= part;
    }
    const double steady = measure::level_db(measure::peak(late) / peak), left = measure::level_db(drifted / peak);
    const double bound = rate == 192e3 ? expected.at_192 : expected.at_44, drift_bound = rate == 192e3 ? -110.0 : -85.0;
    const std::string name = at_rate(expected.name, rate, preamp->factor());
    measure::figure(name + ": steady state", std::max(steady, expected.floor), "dB", bound);
    measure::figure(name + ": drift left by the start", left, "dB", drift_bound);
    measure::note(name + ": from the start", decibels_text(measure::level_db(measure::peak(off) / peak)));
    CHECK(steady <= bound);
    CHECK(left <= drift_bound);
    CHECK(preamp->kernel().solver().unsolved() == 0);
}

/// The second half of a run taken apart. The same window and samples for a reference and an answer: what a drift leaves in the
/// harmonics is then the same.
measure::periodic parts(const signal& y, const run& expected, double rate)
{
    constexpr int drift_degree = 8;   // the circuit's own start, beside ten periods or more
    return measure::take_apart(second_half(y), expected.hertz, rate, static_cast<int>(0.49 * rate / expected.hertz), drift_degree);
}
measure::periodic parts_of_reference(const run& expected, double rate) { return parts(smooth_reference(expected.name, rate), expected, rate); }
template <class Chain>
measure::periodic parts_of_answer(tube_preamp<Chain>& preamp, const run& expected, double rate)
{
    const std::size_t length = smooth_reference(expected.name, rate).size();
    return parts(answer(preamp, measure::sine(expected.amplitude, expected.hertz), rate, length), expected, rate);
}

int audible_harmonics(const run& expected) { return static_cast<int>(20e3 / expected.hertz); }

/// The waveform that harmonics to 20 kHz make.
template <class Chain>
void agrees_within_the_band(const Chain& schematic, const run& expected, double rate, double bound,
                            oversampling factor = oversampling::automatic)
{
    const auto preamp = running(schematic, rate, factor);
    const double peak = measure::peak(second_half(smooth_reference(expected.name, 192e3)));
    const double off = measure::peak_difference(parts_of_answer(*preamp, expected, rate), parts_of_reference(expected, rate),
                                                audible_harmonics(expected));
    const double level = measure::level_db(off / peak);
    measure::figure(at_rate(expected.name, rate, preamp->factor()) + ": harmonics to 20 kHz", std::max(level, expected.floor), "dB", bound);
    CHECK(level <= bound);
}

/// The level of each harmonic that is above the reference's floor: those with a bound are bounded, all to the sixth printed.
template <class Chain>
void has_harmonics(const Chain& schematic, const run& expected, double rate, const std::vector<double>& bounds,
                   oversampling factor = oversampling::automatic)
{
    const auto preamp = running(schematic, rate, factor);
    const auto reference = parts_of_reference(expected, rate), own = parts_of_answer(*preamp, expected, rate);
    const double peak = measure::level_db(measure::peak(second_half(smooth_reference(expected.name, 192e3))));
    const std::string name = at_rate(expected.name, rate, preamp->factor());
    for (int n = 2; n <= 6 && n * expected.hertz < 0.47 * rate; ++n) {
        const double level = reference.level(n) - peak, off = own.level(n) - reference.level(n);
        if (level < expected.floor) continue;
        const std::string what = name + ": harmonic " + std::to_string(n) + ", " + decibels_text(level, "%.1f") + ", off";
        const auto k = static_cast<std::size_t>(n - 2);
        if (k < bounds.size()) {
            measure::figure(what, std::fabs(off), "dB", bounds[k]);
            CHECK(std::fabs(off) <= bounds[k]);
        } else measure::note(what, decibels_text(off, "%+10.4f"));
    }
}

}  // namespace

TEST_CASE("Large signals of 1 kHz are those of ngspice")
{
    for (const double rate : {44.1e3, 192e3}) {
        for (const run& r : stage_runs) agrees(reference::smooth, r, rate);
        for (const run& r : feedback_runs) agrees(reference::feedback_pair, r, rate);
    }
    // What is heard of the two that clip.
    for (const double rate : {44.1e3, 96e3, 192e3}) {
        agrees_within_the_band(reference::smooth, stage_runs[2], rate, rate < 192e3 ? -75.0 : -100.0);
        agrees_within_the_band(reference::feedback_pair, feedback_runs[2], rate, rate < 192e3 ? -70.0 : -95.0);
    }
}

TEST_CASE("Large signals of 10 kHz are those of ngspice up to 20 kHz")
{
    for (const double rate : {44.1e3, 48e3}) agrees_within_the_band(reference::smooth, fast_run, rate, fast_run.at_44);
    for (const double rate : {96e3, 192e3}) agrees_within_the_band(reference::smooth, fast_run, rate, fast_run.at_192);
    agrees_within_the_band(reference::smooth, fast_run, 44.1e3, fast_run.at_192, oversampling::four_times);
}

TEST_CASE("Harmonics are those of ngspice")
{
    for (const double rate : {44.1e3, 96e3, 192e3}) {
        for (const run& r : stage_runs) has_harmonics(reference::smooth, r, rate, {0.05, 0.05});
        for (const run& r : feedback_runs) has_harmonics(reference::feedback_pair, r, rate, {0.05, 0.05});
        const auto preamp = running(reference::feedback_pair, rate);
        const run& clipped = feedback_runs[2];
        const double off = parts_of_answer(*preamp, clipped, rate).distortion(20) - parts_of_reference(clipped, rate).distortion(20);
        measure::figure(at_rate(clipped.name, rate, preamp->factor()) + ": distortion, off", std::fabs(off), "dB", 0.05);
        CHECK(std::fabs(off) <= 0.05);
    }
    for (const double rate : {44.1e3, 48e3, 96e3}) has_harmonics(reference::smooth, fast_run, rate, {0.1});
    // The third is at 30 kHz, above the band to which small signals are corrected.
    has_harmonics(reference::smooth, fast_run, 96e3, {0.1, 0.1}, oversampling::twice);
    has_harmonics(reference::smooth, fast_run, 192e3, {0.1, 0.1});
}
