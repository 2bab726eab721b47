// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/host.hpp"
#include "support/measure.hpp"
#include "support/running_tube_preamp.hpp"
#include "support/sanitized.hpp"
#include "support/tube_circuits.hpp"
#include "support/tube_signal.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/oversampling/oversampler.hpp>
#include <phono/preamp.hpp>
#include <phono/selector.hpp>
#include <phono/tube_preamp.hpp>

#include <string>
#include <vector>

namespace {

using namespace phono;
using namespace phono::literals;
using measure::at_rate;
using measure::running_preamp;
using measure::signal;
using measure::text;

/// What a preamp answers to an impulse of a height, per volt: half the difference of a positive and a negative one, which leaves the
/// even orders out.
template <class Preamp>
signal impulse_answer(Preamp& preamp, double height, std::size_t length)
{
    signal h(length);
    for (const double sign : {1.0, -1.0}) {
        preamp.reset();
        const signal y = measure::impulse_response<double>(preamp, length, sign * height);
        for (std::size_t i = 0; i < length; ++i) h[i] += 0.5 * sign * y[i] / height;
    }
    return h;
}

/// What small signals of a schematic have to come to.
struct small_signals {
    double bound;                                 ///< decibels
    double seconds = 2.0;                         ///< until the slowest mode has faded away
    std::vector<double> heights = {5e-6, 5e-3};   ///< of impulses, in volts
    double response_bound = 1e-7;                 ///< 1e-6 dB: what response() says against what is measured, phase included
    bool errors_cancel = false;                   ///< those of curves that undo each other, which accuracy() adds up
};

/// The running preamp's magnitude against the circuit's; and accuracy() and latency() against what is measured.
template <class Chain>
void responds(const std::string& name, const Chain& schematic, double rate, const small_signals& expected)
{
    const auto preamp = running_preamp(schematic, rate);
    for (const double height : expected.heights) {
        const signal h = impulse_answer(*preamp, height, static_cast<std::size_t>(expected.seconds * rate));
        double worst = 0.0;
        for (const double f : measure::band(rate, 60)) {
            const auto off = measure::transform(h, f, rate) / response(schematic, frequency{f});
            worst = std::max(worst, std::fabs(measure::level_db(std::abs(off))));
        }
        measure::figure(at_rate(name, rate, preamp->factor()) + text(1e6 * height, ", impulse of %g uV"), worst, "dB", expected.bound);
        CHECK(worst <= expected.bound);
        if (height > 1e-3) continue;

        double unlike = 0.0;
        for (const double f : measure::log_frequencies(10.0, 0.49 * rate, 60)) {
            const auto reported = preamp->response(frequency{f});
            unlike = std::max(unlike, std::abs(measure::transform(h, f, rate) - reported) / std::abs(reported));
        }
        measure::figure("    response() against that, to 0.49 of the rate, relative", unlike, "", expected.response_bound);
        CHECK(unlike <= expected.response_bound);

        constexpr double ripple = oversampler<4>::ripple_db(), measured_to = 1e-6;
        measure::note("    of which accuracy() says", text(preamp->accuracy(), "%10.3g dB"));
        CHECK(worst <= preamp->accuracy() + measured_to);
        CHECK((expected.errors_cancel || worst >= 0.5 * preamp->accuracy() - ripple));

        const double period = rate / 1000.0;
        const double behind = -std::arg(measure::transform(h, 1000.0, rate) / response(schematic, 1_kHz)) / (2.0 * math::pi) * period;
        const double off = std::remainder(preamp->latency() - behind, period);
        measure::figure("    latency of " + text(preamp->latency(), "%.4f") + " samples, off", std::fabs(off), "", 1e-4);
        CHECK(std::fabs(off) <= 1e-4);
    }
}

constexpr double single_bound = 1e-3, feedback_bound = 0.01;

}   // namespace

TEST_CASE("Small signals of one stage have the magnitude of the circuit")
{
    for (const double rate : measure::six_rates) {
        if (is_sanitized && rate > 50e3) break;
        responds("smooth grid current", reference::smooth, rate, {single_bound});
        responds("grid diode", reference::single_coupled, rate, {single_bound});
    }
}

TEST_CASE("Small signals of feedback amplifiers have the magnitude of the circuit")
{
    constexpr double slow_pair = 8.0, slow_nachbaur = 6.0;                                                        // seconds
    const small_signals of_nachbaur{.bound = feedback_bound, .seconds = slow_nachbaur, .response_bound = 3e-7};   // what its tail leaves
    for (const double rate : {44.1e3, 96e3, 192e3}) {
        if (is_sanitized && rate > 50e3) break;
        responds("two stages with feedback", reference::feedback_pair, rate, {feedback_bound, slow_pair});
        responds("Nachbaur magnetic", preamps::nachbaur_magnetic_tube, rate, of_nachbaur);
    }
    responds("Nachbaur magnetic with cartridge", preamps::nachbaur_magnetic_tube_cartridge, 44.1e3, of_nachbaur);
}

TEST_CASE("Ideal curves ahead of the tubes and behind them run as filters")
{
    constexpr auto stage = reference::bypassed(triodes::ecc83);
    constexpr chain behind{voltage_source{}, stage, series_arm{capacitor{100_nF}}, shunt_arm{resistor{1_MOhm}}, riaa};
    constexpr chain ahead{voltage_source{}, riaa, stage};
    // A curve that is undone is the reciprocal of its filter: the two null. An impulse becomes thousands of times as high in it.
    constexpr chain undone_ahead{voltage_source{}, inverse(riaa), stage};
    constexpr chain both{voltage_source{}, inverse(riaa), stage, riaa_iec};
    for (const double rate : {44.1e3, 96e3}) {
        responds("curve behind", behind, rate, {single_bound});
        responds("curve ahead", ahead, rate, {single_bound});
        responds("undone curve ahead", undone_ahead, rate, {single_bound, 2.0, {5e-8}});
        responds("curves on both sides", both, rate, {single_bound, 2.0, {5e-8}, 1e-7, true});
    }
}

TEST_CASE("An ideal curve that no tube preamp can play is named")
{
    constexpr auto stage = reference::bypassed(triodes::ecc83);
    tube_preamp between{chain{voltage_source{}, stage, riaa, stage}, 48_kHz};
    REQUIRE(between.problem());
    CHECK(std::string{between.problem().part} == "curve");
    CHECK(std::string{between.problem().rule} == "may not stand between triodes; write its network");
    CHECK(between(1.0) == 0.0);
    // A zero in the right half-plane would be a pole of the inverse.
    constexpr curve late{.lags = {75_us}, .leads = {duration{-10e-6}}};
    const tube_preamp unstable{chain{voltage_source{}, inverse(late), stage}, 48_kHz};
    REQUIRE(unstable.problem());
    CHECK(std::string{unstable.problem().part} == "inverse.zero");
}

TEST_CASE("Groove velocity is an input as EMF is")
{
    constexpr magnetic_cartridge cartridge{.output = 5_mV, .resistance = 1.3_kOhm, .inductance = 650_mH};
    constexpr chain by_velocity{disc_velocity{cartridge}, reference::bypassed(triodes::ecc83)};
    constexpr chain by_emf{cartridge, reference::bypassed(triodes::ecc83)};
    const auto groove = running_preamp(by_velocity, 48e3);
    const auto emf = running_preamp(by_emf, 48e3);
    // 5 cm/s make 5 mV, so 1 m/s makes 0.1 V.
    double off = 0.0;
    for (const double x : measure::noise<double>(10000, 3)) off = std::max(off, std::fabs((*groove)(x) - (*emf)(0.1 * x)));
    measure::figure("velocity against EMF", off, "V", 1e-9);
    CHECK(off <= 1e-9);
    responds("disc velocity", by_velocity, 48e3, {single_bound});
}

TEST_CASE("A tube preamp prepared for another rate is a new one")
{
    const auto drive = measure::sine(2.0, 440.0);
    const auto changed = running_preamp(reference::smooth, 44.1e3);
    for (const double rate : {96e3, 32e3, 44.1e3, 192e3}) {
        measure::played(*changed, drive, rate, 1000);
        if (rate < 100e3) changed->prepare(frequency{rate});
        else changed->prepare(measure::host_specification<>{rate});
        const auto fresh = running_preamp(reference::smooth, rate);
        CHECK(changed->factor() == fresh->factor());
        CHECK(changed->latency() == fresh->latency());
        CHECK(changed->accuracy() == fresh->accuracy());
        CHECK(measure::played(*changed, drive, rate, 2000) == measure::played(*fresh, drive, rate, 2000));
    }
    CHECK(running_preamp(reference::smooth, 44.1e3)->factor() == 2);
    CHECK(running_preamp(reference::smooth, 32e3)->factor() == 4);
    CHECK(running_preamp(reference::smooth, 96e3)->factor() == 2);
    CHECK(running_preamp(reference::smooth, 192e3)->factor() == 1);
    CHECK(running_preamp(reference::smooth, 96e3, oversampling::four_times)->factor() == 4);
}

TEST_CASE("Retuned values take over in 20 ms without a step")
{
    auto starved = reference::smooth;
    block<2>(starved).supply = 150_V;
    constexpr double rate = 48e3;
    const auto preamp = running_preamp(reference::smooth, rate);
    const auto before = running_preamp(reference::smooth, rate), after = running_preamp(starved, rate);
    const auto drive = measure::sine(0.5, 200.0);
    constexpr std::size_t length = 96000;
    signal heard, old_values, new_values;
    for (std::size_t n = 0; n < length; ++n) {
        const double x = drive(static_cast<double>(n) / rate);
        if (n == 4800) preamp->retune(starved);
        heard.push_back((*preamp)(x));
        old_values.push_back((*before)(x));
        new_values.push_back((*after)(x));
    }
    CHECK(std::equal(heard.begin(), heard.begin() + 4800, old_values.begin()));
    // What the coupling capacitors held before the supply was turned down takes its time to leave.
    double off = 0.0, step = 0.0, own_step = 0.0;
    for (std::size_t n = length - 4800; n < length; ++n) off = std::max(off, std::fabs(heard[n] - new_values[n]));
    for (std::size_t n = 4800; n < 4800 + 960; ++n) {
        step = std::max(step, std::fabs(heard[n] - heard[n - 1]));
        own_step = std::max(own_step, std::fabs(old_values[n] - old_values[n - 1]));
    }
    measure::figure("in the end off the new values, of " + std::to_string(measure::peak(new_values)) + " V", off, "V", 1e-6);
    measure::figure("largest step relative to the signal's own", step / own_step, "", 1.1);
    CHECK(off <= 1e-6);
    CHECK(step <= 1.1 * own_step);
    CHECK(heard.back() != old_values.back());
}

TEST_CASE("A knob that is turned during its own fade makes no step")
{
    auto starved = reference::smooth;
    block<2>(starved).supply = 150_V;
    constexpr double rate = 48e3;
    const auto preamp = running_preamp(reference::smooth, rate), by_block = running_preamp(reference::smooth, rate);
    const auto drive = measure::sine(0.5, 200.0);
    constexpr int begin = 4800, every = 240, end = begin + 12 * every, length = end + 400 * every;   // every 5 ms, then 2 s
    signal heard;
    for (int n = 0; n < length; ++n) {
        const bool turned = n >= begin && n < end && n % every == 0;
        if (turned) preamp->retune(n / every % 2 == 0 ? starved : reference::smooth);
        heard.push_back((*preamp)(drive(n / rate)));
    }
    double step = 0.0, own_step = 0.0;
    for (std::size_t n = 1; n < heard.size(); ++n) {
        double& largest = n < begin ? own_step : step;
        largest = std::max(largest, std::fabs(heard[n] - heard[n - 1]));
    }
    measure::figure("largest step relative to the signal's own", step / own_step, "", 1.2);
    CHECK(step <= 1.2 * own_step);

    // A change that is under way ends first. The last values asked for are reached then, and blocks change as samples do.
    const auto never_turned = running_preamp(reference::smooth, rate);
    double off = 0.0, block_off = 0.0;
    signal block;
    for (int n = 0; n < length; n += every) {
        block.clear();
        for (int i = n; i < n + every; ++i) block.push_back(drive(i / rate));
        if (n >= begin && n < end) by_block->retune(n / every % 2 == 0 ? starved : reference::smooth);
        by_block->process(block);
        for (int i = 0; i < every; ++i)
            block_off = std::max(block_off, std::fabs(block[static_cast<std::size_t>(i)] - heard[static_cast<std::size_t>(n + i)]));
    }
    for (int n = 0; n < length; ++n) {
        const double y = (*never_turned)(drive(n / rate));
        if (n >= length - 10 * every) off = std::max(off, std::fabs(heard[static_cast<std::size_t>(n)] - y));
    }
    measure::figure("in the end off a preamp that was never turned", off, "V", 1e-6);
    CHECK(off <= 1e-6);
    CHECK(block_off <= 1e-9);
}

TEST_CASE("A selector makes a linear mode as late as a tube preamp")
{
    constexpr auto rate = 44.1_kHz;
    using linear_type = decltype(tunable_preamp{reference::smooth, rate});
    using selector_type = selector<linear_type, tube_preamp<std::remove_const_t<decltype(reference::smooth)>>>;
    const auto modes = std::make_unique<selector_type>(rate, selector_options{.coupling = 0_Hz}, tunable_preamp{reference::smooth, rate},
                                                       *running_preamp(reference::smooth, rate.si));
    REQUIRE_FALSE(modes->problem());
    signal h[2];
    for (const int mode : {0, 1}) {
        modes->select(mode);
        modes->reset();
        h[mode] = impulse_answer(*modes, 5e-6, 4000);
    }
    // The fade is a mix of the two: no comb.
    for (const double f : {100.0, 848.0, 1000.0, 5000.0}) {
        const auto first = measure::transform(h[0], f, rate.si), second = measure::transform(h[1], f, rate.si);
        CHECK(std::abs(first + second) > 0.97 * (std::abs(first) + std::abs(second)));
    }
}

TEST_CASE("Two knobs turned between two samples make one fade")
{
    constexpr double rate = 48e3;
    auto starved = reference::smooth, other = reference::smooth;
    block<2>(starved).supply = 150_V;
    block<2>(other).plate_load = 220_kOhm;
    const auto twice = running_preamp(reference::smooth, rate), once = running_preamp(reference::smooth, rate);
    const auto drive = measure::sine(0.5, 200.0);
    for (const auto& preamp : {twice.get(), once.get()}) measure::played(*preamp, drive, rate, 4800);
    twice->retune(starved);
    twice->retune(other);
    once->retune(other);
    CHECK(measure::played(*twice, drive, rate, 4800) == measure::played(*once, drive, rate, 4800));
}

TEST_CASE("A setting made beforehand is heard as a retune is")
{
    using constant_type = decltype(reference::smooth);
    static_assert(std::is_same_v<tube_preamp<constant_type>::setting, tube_preamp<std::remove_const_t<constant_type>>::setting>);
    constexpr double rate = 48e3;
    auto starved = reference::smooth;
    block<2>(starved).supply = 150_V;
    const auto whole = running_preamp(reference::smooth, rate), halves = running_preamp(reference::smooth, rate);
    const auto drive = measure::sine(0.5, 200.0);
    const auto setting = std::make_unique<decltype(halves->setting_for(starved))>(halves->setting_for(starved));
    for (const auto& preamp : {whole.get(), halves.get()}) measure::played(*preamp, drive, rate, 1000);
    whole->retune(starved);
    CHECK(halves->fade_to(*setting));
    CHECK(measure::played(*whole, drive, rate, 3000) == measure::played(*halves, drive, rate, 3000));
    halves->prepare(96_kHz);
    CHECK_FALSE(halves->fade_to(*setting));   // made for 48 kHz
    const auto fresh = running_preamp(starved, 96e3);
    CHECK(measure::played(*halves, drive, 96e3, 1000) == measure::played(*fresh, drive, 96e3, 1000));
}

TEST_CASE("The type of a constant schematic may be named for samples of float")
{
    using preamp_type = tube_preamp<decltype(reference::smooth), float>;
    const auto preamp = std::make_unique<preamp_type>(reference::smooth, 48_kHz);
    preamp->retune(reference::smooth);
    static_assert(std::is_same_v<decltype((*preamp)(0.0f)), float>);
    CHECK((*preamp)(0.0f) == 0.0f);
}

TEST_CASE("Values of tubes that are given before the rate are played")
{
    constexpr double rate = 48e3;
    auto other = reference::smooth;
    block<2>(other).plate_load = resistance{82e3};
    using preamp_type = tube_preamp<std::remove_const_t<decltype(other)>>;
    const auto early = std::make_unique<preamp_type>(reference::smooth), late = std::make_unique<preamp_type>(other, frequency{rate});
    CHECK(early->retune(other));
    CHECK(std::string{early->problem().rule} == "is not set yet: call prepare(rate)");
    CHECK_FALSE(early->fade_to(late->setting_for(other)));
    CHECK(std::string{early->problem().rule} == "is not set yet: call prepare(rate)");
    early->prepare(frequency{rate});
    CHECK_FALSE(early->problem());
    const auto drive = measure::sine(2.0, 440.0);
    CHECK(measure::played(*early, drive, rate, 2000) == measure::played(*late, drive, rate, 2000));
    late->prepare(96_kHz);
    CHECK_FALSE(late->fade_to(early->setting_for(other)));
    CHECK(std::string{late->problem().part} == "sampling rate of a setting");
}

TEST_CASE("A knob turned to what cannot be is refused, and the preamp plays on")
{
    auto wrong = reference::smooth;
    block<2>(wrong).supply = voltage{0.0};
    constexpr double rate = 48e3;
    const auto preamp = running_preamp(reference::smooth, rate);
    const double latency = preamp->latency();
    const auto drive = measure::sine(0.5, 200.0);
    const signal before = measure::played(*preamp, drive, rate, 4800);
    block<2>(wrong).plate_load = resistance{0.0};
    CHECK_FALSE(preamp->retune(wrong));
    CHECK(std::string{preamp->problem().part} == "common_cathode_stage.plate_load");
    CHECK(preamp->factor() == 2);
    CHECK(preamp->latency() == latency);
    const signal after = measure::played(*preamp, drive, rate, 4800);   // plays on as if nothing had been turned
    CHECK(std::fabs(after.front() - before.back()) < 1.1 * measure::peak(before) * 2.0 * math::pi * 200.0 / rate);
    CHECK(measure::peak(after) > 0.9 * measure::peak(before));
    CHECK_FALSE(preamp->fade_to(preamp->setting_for(wrong)));
    CHECK(preamp->problem());
    CHECK(preamp->retune(reference::smooth));
    CHECK_FALSE(preamp->problem());
    CHECK(preamp->latency() == latency);
    CHECK(measure::peak(measure::played(*preamp, drive, rate, 4800)) > 1.0);
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -48e3, 0.0}) {
        preamp->prepare(frequency{bad});
        CHECK(preamp->problem());
        preamp->retune(reference::smooth);
        CHECK((*preamp)(1.0) == 0.0);
    }
    const tube_preamp odd{reference::smooth, 48_kHz, static_cast<oversampling>(3)};
    REQUIRE(odd.problem());
    CHECK(std::string{odd.problem().part} == "oversampling");
}

TEST_CASE("What fades away in one long block is set to zero before it is subnormal")
{
    const auto preamp = running_preamp(reference::smooth, 44.1e3);
    signal x(30 * 44100);
    for (std::size_t n = 0; n < 1000; ++n) x[n] = std::sin(0.1 * static_cast<double>(n));
    preamp->process(x);
    const auto subnormal = std::count_if(x.begin(), x.end(), [](double y) { return std::fpclassify(y) == FP_SUBNORMAL; });
    CHECK(subnormal <= 64);
    CHECK(x.back() == 0.0);
}

TEST_CASE("A tube preamp is a processor")
{
    STATIC_REQUIRE(processor<tube_preamp<decltype(reference::smooth)>> && processor<tube_preamp<decltype(reference::smooth), float>>);
}

TEST_CASE("A small sine is heard as response() says, in blocks as by samples")
{
    constexpr double rate = 44.1e3, volts = 1e-4;
    const auto preamp = running_preamp(reference::feedback_pair, rate);
    for (const double f : {100.0, 1000.0, 10000.0}) {
        preamp->reset();
        signal y = measure::played(*preamp, measure::sine(volts, f), rate, static_cast<int>(9.0 * rate));
        std::complex<double> heard{};
        const auto last = static_cast<std::size_t>(rate);   // a second is a whole number of periods
        for (std::size_t n = y.size() - last; n < y.size(); ++n)
            heard += y[n] * std::polar(2.0 / rate, -2.0 * math::pi * std::remainder(f / rate * static_cast<double>(n), 1.0));
        const auto gain = heard * std::complex<double>{0.0, 1.0} / volts;   // a sine is the imaginary part
        const double off = std::fabs(measure::level_db(std::abs(gain / preamp->response(frequency{f}))));
        measure::figure("sine of 0.1 mV, " + text(f, "%g Hz") + ", against response()", off, "dB", 1e-6);
        CHECK(off <= 1e-6);
    }
}

TEST_CASE("A tube preamp behind an amplifier of no gain is silent without a fault as check says")
{
    const chain mute{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .grid_leak = 1_MOhm}, series_arm{capacitor{22_nF}},
                     shunt_arm{resistor{1_MOhm}}, buffer{.gain = gain{-1e9}}};
    CHECK_FALSE(check(mute, 48_kHz));
    tube_preamp preamp{mute, 48_kHz};
    CHECK_FALSE(preamp.problem());
    signal y = measure::noise<double>(1000, 6);
    preamp.process(y);
    CHECK(measure::peak(y) == 0.0);
}

TEST_CASE("An unsound tube preamp is silent and says why")
{
    auto wrong = reference::smooth;
    block<2>(wrong).plate_load = resistance{-100e3};
    tube_preamp preamp{wrong, 48_kHz};
    REQUIRE(preamp.problem());
    CHECK(std::string{preamp.problem().part} == "common_cathode_stage.plate_load");
    CHECK(preamp.problem().value == -100e3);
    CHECK(preamp(1.0) == 0.0);
    CHECK(preamp.response(1_kHz) == 0.0);
    CHECK(preamp.unsolved() == 0);
    preamp.retune(reference::smooth);
    CHECK_FALSE(preamp.problem());
    signal y = measure::noise<double>(2000, 5);
    preamp.process(y);
    CHECK(measure::peak(y) > 1.0);
    preamp.prepare(frequency{4e3});
    REQUIRE(preamp.problem());
    CHECK(std::string{preamp.problem().rule} == "must lie between 8 kHz and 768 kHz");
    CHECK(preamp(1.0) == 0.0);
    preamp.prepare(48_kHz);
    CHECK_FALSE(preamp.problem());
}
