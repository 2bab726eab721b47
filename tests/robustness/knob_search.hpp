// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/generator.hpp"
#include "robustness/playing.hpp"
#include "robustness/worst.hpp"
#include "support/measure.hpp"

#include <span>
#include <utility>

/// The search for knobs that click: linear preamps that are turned, and selectors that are switched, while a tone plays.
///
/// What is measured of every case is the largest output and the largest step from sample to sample, from the first turn to the end, each
/// over the largest that any of the values concerned has in its steady state. A case is made again from its family and number.
namespace robustness {

enum class knob_family {
    curves,     ///< from each catalogue curve to each other; 1,632 cases have every pair at six rates
    values,     ///< cartridge, load and curve, a little or to any other, some or all at once
    stages,     ///< the same with an amplifier and a coupling capacitor, which have modes down to 0.3 Hz
    storms,     ///< up to 40 turns among a few values, at intervals from one sample to 0.1 s, some to where the knob stands
    switches,   ///< a selector of three preamps, one of which is turned as well, selected as often
};
inline constexpr knob_family knob_families[]{knob_family::curves, knob_family::values, knob_family::stages, knob_family::storms,
                                             knob_family::switches};
inline constexpr const char* names_of_knob_families[]{"curves", "values", "stages", "storms", "switches"};

inline constexpr long curve_cases = 1632;
inline constexpr double knob_bound = 1.5;   ///< of outputs and of steps, over the larger steady one

using curve_schematic = decltype(phono::chain{phono::magnetic_cartridge{}, phono::loading{}, phono::riaa});
using stage_schematic = decltype(phono::chain{
    phono::magnetic_cartridge{}, phono::loading{},
    phono::feedback_stage{phono::op_amp{}, phono::resistor{phono::resistance{1.0}},
                          phono::series(phono::resistor{phono::resistance{1.0}}, phono::capacitor{phono::capacitance{1.0}})},
    phono::series_arm{phono::capacitor{phono::capacitance{1.0}}}, phono::shunt_arm{phono::resistor{phono::resistance{1.0}}}, phono::riaa});

/// One case: what is turned to what, and what plays.
template <class Schematic>
struct knob_case {
    struct turn {
        std::size_t after;   ///< samples since the turn before
        std::size_t to;      ///< one of the values
    };

    std::vector<Schematic> values{};   ///< the first is where the knob stands at the beginning
    std::vector<turn> turns{};
    double rate = 44100.0, tone = 1000.0, phase = 0.0;   ///< Hz, Hz, periods
    bool in_float = false, in_blocks = false, switched = false;
};

/// What was measured of one case.
struct knob_outcome {
    double peak = 0.0, step = 0.0;   ///< over the larger steady one
    double off = 0.0;                ///< at the end, from a preamp that always had the last values, over the larger steady peak
    double rounding = 0.0;           ///< what `off` may be: in float more, for curves that leave 1e-4 of a tone of 10 kHz

    [[nodiscard]] bool is_bounded() const { return peak <= knob_bound && step <= knob_bound; }   // NaN is not
    [[nodiscard]] bool has_arrived() const { return off <= rounding; }
};

/// Counts, and the worst of each figure with the number of its case.
struct knob_report {
    long cases = 0, unbounded = 0, lost = 0;   ///< of these, beyond knob_bound, and not at the last values in the end
    worst_figure peak{}, step{}, off{};

    void take(const knob_outcome& found, std::uint64_t number)
    {
        ++cases;
        unbounded += found.is_bounded() ? 0 : 1;
        lost += found.has_arrived() ? 0 : 1;
        peak.take(found.peak, number);
        step.take(found.step, number);
        off.take(found.off, number);
    }
};

namespace detail {

inline std::size_t samples(double seconds, double rate) { return static_cast<std::size_t>(std::lround(seconds * rate)); }

// What is turned --------------------------------------------------------------------------------------------------------------------------

template <class Schematic>
inline constexpr std::size_t block_count = 0;
template <class... Block>
inline constexpr std::size_t block_count<phono::chain<Block...>> = sizeof...(Block);

/// A random curve: one of the catalogue, or a shelf, turnover and treble of which some are absent, and perhaps rumble filters.
inline phono::curve random_curve(generator& random)
{
    phono::curve c;
    if (random.one_in(2)) {
        std::vector<phono::curve> known;
        phono::catalogue::for_each_curve([&](const auto& entry) { known.push_back(entry.value); });
        c = random.pick(known);
    } else {
        const auto constant = [&](double low, double high, std::size_t absent) {
            return phono::duration{random.one_in(absent) ? 0.0 : random.log_between(low, high)};
        };
        c.lags = {constant(0.5e-3, 16e-3, 6), constant(15e-6, 150e-6, 6)};
        c.leads = {constant(100e-6, 1e-3, 6), random.one_in(6) ? phono::duration{3.18e-6} : phono::duration{}};
        if (random.one_in(3)) c.high_passes = {constant(3e-3, 0.53, 20), constant(3e-3, 0.53, 2)};
    }
    return random.one_in(4) ? c : phono::normalised(c);
}

inline phono::magnetic_cartridge random_cartridge(generator& random)
{
    return {.resistance = phono::resistance{random.log_between(100.0, 30e3)},
            .inductance = phono::inductance{random.log_between(5e-3, 1.5)}};
}

inline phono::loading random_loading(generator& random)
{
    return {.resistance = phono::resistance{random.log_between(1e3, 500e3)},
            .capacitance = phono::capacitance{random.log_between(30e-12, 2e-9)}};
}

template <class Schematic>
Schematic random_values(generator& random)
{
    if constexpr (std::is_same_v<Schematic, curve_schematic>)
        return phono::chain{random_cartridge(random), random_loading(random), random_curve(random)};
    else {
        const auto capacitor_at = [&](double ohms) {   // with its corner from 0.3 to 20 Hz
            return phono::capacitor{
                phono::capacitance{1.0 / (2.0 * static_cast<double>(measure::pi) * random.log_between(0.3, 20.0) * ohms)}};
        };
        const double foot = random.log_between(100.0, 2e3), leak = random.log_between(10e3, 1e6);
        return phono::chain{random_cartridge(random),
                            random_loading(random),
                            phono::feedback_stage{phono::op_amp{.gain = phono::gain{100.0}, .corner = phono::frequency{100.0}},
                                                  phono::resistor{phono::resistance{foot * random.log_between(3.0, 300.0)}},
                                                  phono::series(phono::resistor{phono::resistance{foot}}, capacitor_at(foot))},
                            phono::series_arm{capacitor_at(leak)},
                            phono::shunt_arm{phono::resistor{phono::resistance{leak}}},
                            random_curve(random)};
    }
}

/// Some of the values turned: a little, or to any other.
template <class Schematic>
Schematic turned(Schematic values, generator& random)
{
    const Schematic others = random_values<Schematic>(random);
    if (!random.one_in(3)) {
        const auto exchange = [&](auto& block, const auto& other) {
            if (!random.one_in(3)) block = other;
        };
        [&]<std::size_t... i>(std::index_sequence<i...>) { (exchange(phono::block<i>(values), phono::block<i>(others)), ...); }
        (std::make_index_sequence<block_count<Schematic>>{});
        return values;
    }
    const auto move = [&](auto& value) {
        if (random.one_in(2)) value = value * random.log_between(0.8, 1.25);
    };
    auto& cartridge = phono::block<0>(values);
    auto& load = phono::block<1>(values);
    phono::curve& curve = phono::block<block_count<Schematic> - 1>(values);
    move(cartridge.resistance), move(cartridge.inductance), move(load.resistance), move(load.capacitance);
    if (random.one_in(2)) curve = phono::scaled(curve, random.log_between(0.8, 1.25));
    for (phono::duration& lead : curve.leads) move(lead);
    return values;
}

// Cases -----------------------------------------------------------------------------------------------------------------------------------

/// What plays: a tone of 20 Hz, 50 Hz, 1 kHz or 10 kHz.
template <class Schematic>
knob_case<Schematic> bare_case(generator& random)
{
    knob_case<Schematic> c;
    c.tone = random.pick(std::array{20.0, 50.0, 1000.0, 10000.0});
    c.rate = random.pick(measure::six_rates);
    c.phase = random.uniform();
    c.in_float = random.one_in(2);
    c.in_blocks = random.one_in(2);
    return c;
}

}   // namespace detail

/// A turn from one catalogue curve to another, normalised, behind a magnetic cartridge.
inline knob_case<curve_schematic> curve_case(std::uint64_t number)
{
    generator random{number};
    auto c = detail::bare_case<curve_schematic>(random);
    std::vector<curve_schematic> values;
    phono::catalogue::for_each_curve([&](const auto& entry) {
        values.push_back(phono::chain{phono::magnetic_cartridge{}, phono::loading{.capacitance = phono::capacitance{150e-12}},
                                      phono::normalised(entry.value)});
    });
    const std::uint64_t others = values.size() - 1, pairs = values.size() * others, from = number % pairs / others, to = number % others;
    c.rate = measure::six_rates[number / pairs % measure::six_rates.size()];
    c.values = {values[from], values[to < from ? to : to + 1]};
    c.turns.push_back({0, 1});
    return c;
}

/// A turn from random values to others.
template <class Schematic>
knob_case<Schematic> value_case(std::uint64_t number)
{
    generator random{~number};
    auto c = detail::bare_case<Schematic>(random);
    c.values.push_back(detail::random_values<Schematic>(random));
    c.values.push_back(detail::turned(c.values[0], random));
    c.turns.push_back({0, 1});
    return c;
}

/// Turns among two to four values at random intervals, of which some are shorter than any block.
inline knob_case<curve_schematic> storm_case(std::uint64_t number, bool switched)
{
    generator random{number ^ (switched ? 0x5555555555555555u : 0xaaaaaaaaaaaaaaaau)};
    auto c = detail::bare_case<curve_schematic>(random);
    const std::size_t values = 2 + random.below(3), turns = 2 + random.below(39);
    c.values.push_back(detail::random_values<curve_schematic>(random));
    for (std::size_t i = 1; i < values; ++i) c.values.push_back(detail::turned(c.values.back(), random));
    const double longest = random.log_between(1e-3, 0.1);
    for (std::size_t i = 0; i < turns; ++i)
        c.turns.push_back({static_cast<std::size_t>(random.log_between(1.0, longest * c.rate)), random.below(values)});
    c.switched = switched;
    return c;
}

// Playing ---------------------------------------------------------------------------------------------------------------------------------

namespace detail {

/// One preamp with knobs.
template <class Schematic, class T>
struct turned_preamp {
    phono::tunable_preamp<Schematic, T> running;

    explicit turned_preamp(const knob_case<Schematic>& c) : running{c.values[0], phono::frequency{c.rate}} {}
    void turn(const knob_case<Schematic>& c, std::size_t to) { running.retune(c.values[to]); }
};

/// A selector of the first two values and of one preamp that is turned from the first to the others.
template <class Schematic, class T>
struct switched_preamp {
    using mode = phono::tunable_preamp<Schematic, T>;
    phono::selector<mode, mode, mode> running;

    explicit switched_preamp(const knob_case<Schematic>& c)
        : running{phono::frequency{c.rate}, phono::selector_options{.coupling = phono::frequency{0.0}},
                  mode{c.values[0], phono::frequency{c.rate}}, mode{c.values[1], phono::frequency{c.rate}},
                  mode{c.values[0], phono::frequency{c.rate}}}
    {
    }
    void turn(const knob_case<Schematic>& c, std::size_t to)
    {
        if (to > 1) running.template mode<2>().retune(c.values[to]);
        running.select(static_cast<int>(std::min<std::size_t>(to, 2)));
    }
};

/// The slowest time constant of what a case turns, in seconds.
template <class Schematic>
double slowest_of(const knob_case<Schematic>& c)
{
    double slowest = 0.0;
    for (const Schematic& values : c.values)
        for (const auto pole : phono::analyse(values).forward.poles) slowest = std::max(slowest, 1.0 / std::fabs(pole.re));
    return slowest;
}

/// How a case is laid out in samples.
struct lay_out {
    std::size_t steady, settling, all;

    template <class Schematic>
    explicit lay_out(const knob_case<Schematic>& c)
    {
        steady = samples(0.05, c.rate);   // a period of the lowest tone
        settling = samples(12.0 * slowest_of(c), c.rate) + steady;
        all = 2 * settling + samples(0.25, c.rate);   // and what is still to be done after the last turn
        for (const auto& turn : c.turns) all += turn.after;
    }
};

/// The tone, of 1 V, for as long as the case lasts, as a pointer that turns: so many sines would take most of the time.
template <class T, class Schematic>
std::vector<T> tone_of(const knob_case<Schematic>& c)
{
    constexpr double turn = 2.0 * static_cast<double>(measure::pi);
    const double re = std::cos(turn * c.tone / c.rate), im = std::sin(turn * c.tone / c.rate);
    double x = std::cos(turn * c.phase), y = std::sin(turn * c.phase);
    std::vector<T> tone(lay_out{c}.all);
    for (T& sample : tone) {
        sample = static_cast<T>(y);
        const double turned = x * re - y * im;
        y = x * im + y * re;
        x = turned;
    }
    return tone;
}

}   // namespace detail

/// What a case puts out; it is turned for the first time once it has settled.
template <class T, class Schematic>
std::vector<T> output_of(const knob_case<Schematic>& c)
{
    const auto played = [&](auto preamp) {
        std::vector<T> y = detail::tone_of<T>(c);
        const std::size_t settling = detail::lay_out{c}.settling;
        preamp.running.process(std::span<T>{y}.first(settling));
        std::span<T> rest = std::span<T>{y}.subspan(settling);
        for (const auto& turn : c.turns) {
            play(preamp.running, rest.first(turn.after), c.in_blocks);
            rest = rest.subspan(turn.after);
            preamp.turn(c, turn.to);
        }
        play(preamp.running, rest, c.in_blocks);
        return y;
    };
    return c.switched ? played(detail::switched_preamp<Schematic, T>{c}) : played(detail::turned_preamp<Schematic, T>{c});
}

namespace detail {

template <class T, class Schematic>
knob_outcome measured(const knob_case<Schematic>& c)
{
    const lay_out laid_out{c};
    std::vector<bool> heard(c.values.size());
    heard[0] = true;
    for (const auto& turn : c.turns) heard[turn.to] = true;

    stretch usual, found;
    std::vector<T> expected;
    const std::vector<T> input = tone_of<T>(c), y = output_of<T>(c);
    for (std::size_t i = 0; i < c.values.size(); ++i) {
        if (!heard[i]) continue;
        phono::tunable_preamp<Schematic, T> always{c.values[i], phono::frequency{c.rate}};
        const bool is_last = i == c.turns.back().to;
        std::vector<T> alone(input.begin(), is_last ? input.end() : input.begin() + static_cast<std::ptrdiff_t>(laid_out.settling));
        always.process(alone);
        usual.take(std::span{alone}.last(laid_out.steady));
        if (is_last) expected = std::move(alone);
    }
    found.take(std::span{y}.subspan(laid_out.settling - 1));
    stretch off;
    for (std::size_t i = y.size() - laid_out.steady; i < y.size(); ++i) {
        const T difference = y[i] - expected[i];
        off.take(std::span<const T>{&difference, 1});
    }
    return {found.peak / usual.peak, found.step / usual.step, off.peak / usual.peak, c.in_float ? 1e-3 : 1e-4};
}

}   // namespace detail

/// Plays one case.
template <class Schematic>
knob_outcome outcome_of(const knob_case<Schematic>& c)
{
    return c.in_float ? detail::measured<float>(c) : detail::measured<double>(c);
}

/// Plays the case of a family that has a number.
inline knob_outcome outcome_of(knob_family family, std::uint64_t number)
{
    switch (family) {
        case knob_family::curves: return outcome_of(curve_case(number));
        case knob_family::values: return outcome_of(value_case<curve_schematic>(number));
        case knob_family::stages: return outcome_of(value_case<stage_schematic>(number));
        case knob_family::storms: return outcome_of(storm_case(number, false));
        default: return outcome_of(storm_case(number, true));
    }
}

/// Plays the cases of a family from a number on.
inline knob_report search_knobs(knob_family family, std::uint64_t first_case, long cases)
{
    knob_report report;
    for (std::uint64_t number = first_case; report.cases < cases; ++number) report.take(outcome_of(family, number), number);
    return report;
}

}   // namespace robustness
