// SPDX-License-Identifier: BSL-1.0
#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/host.hpp"
#include "support/measure.hpp"
#include "support/running_tube_preamp.hpp"
#include "support/sanitized.hpp"
#include "support/tube_circuits.hpp"

#include <phono/catalogue/nachbaur_tubes.hpp>
#include <phono/catalogue/triodes.hpp>
#include <phono/tube_preamp.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>
#include <vector>

/// What tube preamps do with signals that are far too large, far too small or no numbers, and while their values change.
namespace {

using namespace phono;
using namespace phono::literals;
using measure::running_preamp;
using signal = std::vector<double>;

constexpr double rates[] = {32e3, 44.1e3, 48e3, 88.2e3, 96e3, 176.4e3, 192e3, 384e3};
/// Of the laws, in one sample: what bounds the time that it takes. The kernel promises ten times as many for any volts.
constexpr int evaluations_allowed = 300;
constexpr double shortened = is_sanitized ? 0.02 : 1.0;   // of the minute of noise

signal noise(double volts, std::size_t length, unsigned seed)
{
    signal x = measure::noise<double>(length, seed);
    for (double& v : x) v *= volts;
    return x;
}
/// Between volts and -volts, so many samples each.
signal square(double volts, std::size_t length, std::size_t half_period)
{
    signal x(length);
    for (std::size_t i = 0; i < length; ++i) x[i] = i / half_period % 2 == 0 ? volts : -volts;
    return x;
}

template <class T>
bool is_finite(const std::vector<T>& x)
{
    return std::all_of(x.begin(), x.end(), [](T v) { return std::isfinite(v); });
}

/// What went on while playing.
struct account {
    bool finite = true;
    double loudest = 0.0, seconds = 0.0;
    int most_evaluations = 0;
    long unsolved = 0;

    void add(const auto& preamp, const signal& output)
    {
        finite = finite && is_finite(output);
        loudest = std::max(loudest, measure::peak(output));
        most_evaluations = std::max(most_evaluations, preamp.most_evaluations());
        unsolved += preamp.unsolved();
    }
    void check(const std::string& name, double volts_allowed) const
    {
        measure::figure(name + ": evaluations", most_evaluations, "", evaluations_allowed);
        measure::figure(name + ": loudest output", loudest, "V", volts_allowed);
        CHECK(finite);
        CHECK(unsolved == 0);
        CHECK(most_evaluations <= evaluations_allowed);
        CHECK(loudest <= volts_allowed);
        CHECK(loudest > 10.0);
    }
};

/// Each signal from silence, by a preamp of its own, so that its counters are those of this signal.
template <class Chain>
void play(account& seen, const Chain& schematic, double rate, signal x)
{
    const auto preamp = running_preamp(schematic, rate);
    seen.seconds += static_cast<double>(x.size()) / rate;
    preamp->process(x);
    seen.add(*preamp, x);
}

/// A plate swings as far as the supply allows; a curve through samples that jump swings further for some of them, at 384 kHz and after a
/// jump of 200 V to twice the supply and a quarter.
template <class Chain>
double is_loud_at_every_rate(const std::string& name, const Chain& schematic, double seconds_of_noise, double supply)
{
    account noisy, squares, steps;
    unsigned seed = 1;
    for (const double rate : rates) {
        const auto of = [rate](double seconds) { return static_cast<std::size_t>(seconds * rate); };
        play(noisy, schematic, rate, noise(20.0, of(shortened * seconds_of_noise), seed++));
        for (const double volts : {1.0, 5.0, 20.0}) play(squares, schematic, rate, square(volts, of(0.02), of(1.0 / 880.0)));
        for (const std::size_t samples : {1u, 2u, 3u, 7u}) play(squares, schematic, rate, square(20.0, of(0.01), samples));
        for (const double volts : {100.0, -100.0}) play(steps, schematic, rate, square(volts, of(0.1), of(0.02)));
    }
    noisy.check(name + ", noise of 20 V", 2.0 * supply);
    squares.check(name + ", squares to 20 V", 2.0 * supply);
    steps.check(name + ", steps to 100 V and -100 V", 3.0 * supply);
    return noisy.seconds;
}

constexpr chain stage_and_follower{voltage_source{}, common_cathode_stage{.tube = triodes::ecc83, .bypass = 25_uF, .grid_leak = 1_MOhm},
                                   cathode_follower{.tube = triodes::ecc83}};
constexpr chain pair{voltage_source{}, series_arm{series(resistor{1_kOhm}, capacitor{100_nF})}, shunt_arm{resistor{1_MOhm}},
                     differential_pair{.tube = triodes::ecc83}};

}   // namespace

TEST_CASE("A minute of noise of 20 V and steps of 100 V are solved in every sample")
{
    double seconds = is_loud_at_every_rate("stage", reference::smooth, 4.0, 300.0);
    seconds += is_loud_at_every_rate("stage driven at its grid", reference::single_direct, 1.0, 300.0);
    seconds += is_loud_at_every_rate("two stages with feedback", reference::feedback_pair, 1.5, 300.0);
    seconds += is_loud_at_every_rate("Nachbaur magnetic", preamps::nachbaur_magnetic_tube, 0.5, 390.0);
    seconds += is_loud_at_every_rate("stage and follower", stage_and_follower, 0.5, 300.0);
    seconds += is_loud_at_every_rate("differential pair", pair, 0.5, 300.0);
    measure::note("seconds of noise", measure::text(seconds, "%10.1f"));
    CHECK(seconds >= 0.99 * shortened * 60.0);   // whole samples
}

TEST_CASE("A million volts leave a tube preamp finite")
{
    // Some samples may be left unsolved here: finite output is promised, and what runs away would make more than the circuit's gain does.
    constexpr double volts_allowed = 1e6 * 100.0;
    const auto stays_finite = [&](const std::string& name, const auto& schematic) {
        account seen;
        for (const double rate : {32e3, 44.1e3, 96e3, 384e3}) {
            if (is_sanitized && rate > 32e3) break;
            for (const double volts : {1e4, 1e5, 1e6}) {
                play(seen, schematic, rate, noise(volts, 1000, 3));
                play(seen, schematic, rate, square(volts, 1000, 1));
                play(seen, schematic, rate, square(volts, 2000, 300));
                play(seen, schematic, rate, square(-volts, 2000, 300));
                signal impulse(1000);
                impulse[100] = volts, impulse[500] = -volts;
                play(seen, schematic, rate, impulse);
            }
        }
        constexpr int most = decltype(running_preamp(schematic, 48e3))::element_type::evaluations_at_most;
        measure::figure(name + ": evaluations", seen.most_evaluations, "", most);
        measure::note(name + ": samples not solved", std::to_string(seen.unsolved));
        measure::figure(name + ": loudest output", seen.loudest, "V", volts_allowed);
        CHECK(seen.finite);
        CHECK(seen.most_evaluations <= most);
        CHECK(seen.loudest <= volts_allowed);
    };
    stays_finite("stage", reference::smooth);
    stays_finite("stage driven at its grid", reference::single_direct);
    stays_finite("two stages with feedback", reference::feedback_pair);
    stays_finite("Nachbaur magnetic", preamps::nachbaur_magnetic_tube);
}

TEST_CASE("Supply and plate loads may change at any moment even while they change")
{
    constexpr double highest_supply = 450.0, fade = 0.02;
    std::mt19937 engine{11};
    const auto between = [&](double low, double high) { return low + (high - low) * static_cast<double>(engine()) / 4294967295.0; };
    const auto change = [&](common_cathode_stage& stage) {
        stage.supply = voltage{between(100.0, highest_supply)};
        stage.plate_load = resistance{between(22e3, 470e3)};
    };
    const auto survives = [&](const std::string& name, const auto& schematic, const auto& change_values) {
        account seen;
        int during_a_fade = 0;
        for (const double rate : rates) {
            if (is_sanitized && rate > 32e3) break;
            const auto preamp = running_preamp(schematic, rate);
            auto values = schematic;
            for (unsigned n = 0; n < 20; ++n) {
                const double seconds = between(0.001, 0.04);
                signal x = noise(between(0.1, 20.0), static_cast<std::size_t>(seconds * rate), n);
                preamp->process(x);
                seen.add(*preamp, x);
                during_a_fade += n > 0 && seconds < fade ? 1 : 0;
                change_values(values);
                preamp->retune(values);
                REQUIRE_FALSE(preamp->problem());
            }
        }
        measure::note(name + ", retuned during a fade", std::to_string(during_a_fade));
        seen.check(name + ", retuned", 2.0 * highest_supply);
        CHECK(during_a_fade >= 5);
    };
    survives("stage", reference::smooth, [&](auto& values) { change(block<2>(values)); });
    survives("two stages with feedback", reference::feedback_pair, [&](auto& values) {
        change(block<2>(values));
        change(block<4>(values));
    });
}

namespace {

/// A preamp in blocks as a host asks for them, and how long one usually takes.
template <class Chain>
struct host {
    std::unique_ptr<tube_preamp<Chain>> preamp;
    long subnormal = 0;
    double last_peak = 0.0;

    /// Plays noise of so many volts; the median time of a block.
    double time_of(double volts, int blocks)
    {
        std::vector<double> times;
        for (int n = 0; n < blocks; ++n) {
            signal x = noise(volts, 512, static_cast<unsigned>(n));
            const auto start = std::chrono::steady_clock::now();
            preamp->process(x);
            times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
            subnormal += std::count_if(x.begin(), x.end(), [](double v) { return std::fpclassify(v) == FP_SUBNORMAL; });
            last_peak = measure::peak(x);
            CHECK(is_finite(x));
        }
        std::nth_element(times.begin(), times.begin() + blocks / 2, times.end());
        return times[static_cast<std::size_t>(blocks / 2)];
    }
};

}   // namespace

namespace {

/// Koren's law, which counts how often it is evaluated.
struct counting_law : koren<> {
    static inline long evaluations = 0;

    triode_currents currents(double vgk, double vpk) const noexcept
    {
        ++evaluations;
        return koren<>::currents(vgk, vpk);
    }
    static counting_law of(const law_values& list) noexcept { return {koren<>::of(list)}; }
};

}   // namespace

TEST_CASE("A bound on the work of a sample holds, and the hardest sample is told truly")
{
    auto schematic = reference::smooth;
    block<2>(schematic).tube.law = counting_law{};
    constexpr double supply = 300.0;
    for (const double volts : {20.0, 1e4})
        for (const int bound : {30, 60, 300, 3000}) {
            const auto preamp = running_preamp(schematic, 384e3);
            REQUIRE(preamp->factor() == 1);
            preamp->bound_evaluations(bound);
            signal x = noise(volts, 4000, 5);
            const signal steps = square(volts, 4000, 100);
            x.insert(x.end(), steps.begin(), steps.end());
            long hardest = 0;
            double loudest = 0.0;
            for (const double u : x) {
                const long before = counting_law::evaluations;
                loudest = std::max(loudest, std::fabs((*preamp)(u)));
                hardest = std::max(hardest, counting_law::evaluations - before);
            }
            INFO(volts << " V, at most " << bound << " evaluations: " << preamp->unsolved() << " samples held");
            CHECK(hardest <= bound);
            CHECK(hardest == preamp->most_evaluations());
            CHECK(loudest <= 1.5 * std::max(supply, volts));
            if (volts < 100.0 && bound >= 300) CHECK(preamp->unsolved() == 0);
        }
}

TEST_CASE("Silence after a signal becomes silence in no more time")
{
    const auto falls_silent = [](const std::string& name, const auto& schematic, double seconds) {
        constexpr double rate = 44.1e3;
        host<std::remove_cvref_t<decltype(schematic)>> played{running_preamp(schematic, rate)};
        const double signal_time = played.time_of(0.1, 100), silent_time = played.time_of(0.0, static_cast<int>(seconds * rate / 512));
        CHECK(played.last_peak == 0.0);
        // On the way to zero, within a block, there may be some.
        measure::figure(name + ": subnormal samples", static_cast<double>(played.subnormal), "", 512);
        CHECK(played.subnormal <= 512);
        measure::figure(name + ": time of silence re that of a signal", silent_time / signal_time, "", 3.0);
        CHECK(silent_time <= 3.0 * signal_time);
        for (const double tiny : {1e-300, 1e-306, 1e-310, std::numeric_limits<double>::denorm_min()}) {
            const double tiny_time = played.time_of(tiny, 100);   // as slow as the processor is with subnormal numbers
            CHECK(played.last_peak < 1000.0 * tiny);
            played.time_of(0.0, 10);
            CHECK(played.last_peak == 0.0);
            const std::string of_tiny = name + measure::text(tiny, ": time of %.0e V re that of a signal");
            measure::note(of_tiny, measure::text(tiny_time / signal_time, "%10.3g"));
        }
    };
    falls_silent("stage", reference::smooth, 6.0);
    falls_silent("two stages with feedback", reference::feedback_pair, 100.0);
}

namespace {

/// A preamp that was spoilt and reset does what a new one does.
template <class T, class Chain>
void recovers(const Chain& schematic, double rate)
{
    using limits = std::numeric_limits<T>;
    const auto spoilt = running_preamp<T>(schematic, rate), fresh = running_preamp<T>(schematic, rate);
    std::vector<T> expected = measure::noise<T>(1000, 2);
    fresh->process(expected);
    for (const T bad : {limits::quiet_NaN(), limits::infinity(), -limits::infinity(), limits::max(), limits::denorm_min()}) {
        std::vector<T> block(40, bad);
        spoilt->process(block);
        (*spoilt)(bad);
        spoilt->reset();
        std::vector<T> y = measure::noise<T>(1000, 2);
        spoilt->process(y);
        const bool is_same = y == expected;
        CHECK(is_same);
    }
}

/// Per sample, in blocks of any size, in place or not, and once more after a reset.
template <class Chain>
void is_the_same_in_any_blocks(const std::string& name, const Chain& schematic, double rate)
{
    const signal x = noise(3.0, 3000, 4);
    const auto one = running_preamp(schematic, rate), other = running_preamp(schematic, rate);
    signal by_sample;
    for (const double v : x) by_sample.push_back((*one)(v));
    double off = 0.0;
    for (const std::size_t block : {1u, 7u, 32u, 64u, 1000u, 3000u}) {
        signal in_place = x, apart(x.size());
        other->reset();
        for (std::size_t i = 0; i < x.size(); i += block) {
            const std::size_t length = std::min(block, x.size() - i);
            other->process(std::span<double>{in_place}.subspan(i, length));
        }
        other->reset();
        for (std::size_t i = 0; i < x.size(); i += block) {
            const std::size_t length = std::min(block, x.size() - i);
            other->process(std::span<const double>{x}.subspan(i, length), std::span<double>{apart}.subspan(i, length));
        }
        const bool is_same = apart == in_place;
        CHECK(is_same);
        for (std::size_t i = 0; i < x.size(); ++i) off = std::max(off, std::fabs(in_place[i] - by_sample[i]));
    }
    // The triodes are solved to 1e-9 V at a plate.
    measure::figure(name + ", " + measure::in_khz(rate) + ": blocks against samples", off, "V", 1e-9);
    CHECK(off <= 1e-9);
}

}   // namespace

TEST_CASE("Reset recovers a tube preamp from NaN and infinities")
{
    recovers<double>(reference::smooth, 44.1e3);
    recovers<float>(reference::smooth, 96e3);
    recovers<double>(reference::feedback_pair, 96e3);
    recovers<double>(preamps::nachbaur_magnetic_tube, 48e3);
}

TEST_CASE("A tube preamp does the same per sample and in blocks and again after a reset")
{
    is_the_same_in_any_blocks("stage", reference::smooth, 32e3);
    is_the_same_in_any_blocks("stage", reference::smooth, 44.1e3);
    is_the_same_in_any_blocks("stage", reference::smooth, 96e3);
    is_the_same_in_any_blocks("two stages with feedback", reference::feedback_pair, 44.1e3);
    is_the_same_in_any_blocks("Nachbaur magnetic", preamps::nachbaur_magnetic_tube, 96e3);
}

TEST_CASE("Samples of float are those of double rounded")
{
    const auto precise = running_preamp(reference::feedback_pair, 44.1e3);
    const auto rounded = running_preamp<float>(reference::feedback_pair, 44.1e3);
    const auto x = measure::noise<float>(20000, 6);
    double off = 0.0, peak = 0.0;
    for (const float v : x) {
        const double y = (*precise)(static_cast<double>(v));
        off = std::max(off, std::fabs(static_cast<double>((*rounded)(v)) - y));
        peak = std::max(peak, std::fabs(y));
    }
    measure::figure("off re peak", off / peak, "", 6e-8);
    CHECK(peak > 10.0);
    CHECK(off <= 6e-8 * peak);
}

namespace {

template <class T, class Chain>
long allocations_of(const Chain& schematic, const Chain& other)
{
    const auto preamp = running_preamp<T>(schematic, 44.1e3);
    std::vector<T> block = measure::noise<T>(1000, 1);
    const long before = allocations;
    for (T& v : block) v = (*preamp)(T(20) * v);
    preamp->process(block);
    preamp->process(std::span<const T>{block}, block);
    preamp->reset();
    preamp->retune(other);
    preamp->process(block);
    preamp->prepare(frequency{192e3});
    preamp->prepare(measure::host_specification<>{48e3});
    preamp->process(block);
    return allocations - before;
}

template <class Preamp, class T>
constexpr bool is_noexcept = measure::never_throws<Preamp, T>&& noexcept(std::declval<Preamp&>().retune(reference::smooth));
using smooth_chain = std::remove_const_t<decltype(reference::smooth)>;
static_assert(is_noexcept<tube_preamp<smooth_chain>, double> && is_noexcept<tube_preamp<smooth_chain, float>, float>);
static_assert(std::is_trivially_copyable_v<tube_preamp<smooth_chain>>);

}   // namespace

TEST_CASE("A tube preamp allocates nothing while it plays and is retuned and prepared")
{
    const long before = allocations;
    ::operator delete(::operator new(100));   // called by name: not for the compiler to leave out
    CHECK(allocations > before);              // allocations are counted at all
    auto starved = reference::smooth;
    block<2>(starved).supply = 150_V;
    CHECK(allocations_of<double>(reference::smooth, starved) == 0);
    CHECK(allocations_of<float>(reference::smooth, starved) == 0);
    CHECK(allocations_of<double>(preamps::nachbaur_magnetic_tube, preamps::nachbaur_magnetic_tube) == 0);
}
