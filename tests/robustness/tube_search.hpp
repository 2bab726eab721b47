// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "robustness/playing.hpp"
#include "robustness/stage_reference.hpp"
#include "robustness/tube_cases.hpp"
#include "robustness/worst.hpp"

#include <cmath>
#include <memory>
#include <span>

/// The search for tube preamps that run away, stay ill after an overload, click when turned, or depend on how they are called.
///
/// A case is made again from its family and number.
namespace robustness {

enum class tube_family {
    stages,    ///< one common-cathode stage with realistic parts, driven to 100 V
    beyond,    ///< the same with parts up to a hundred times larger or smaller
    several,   ///< two to four triodes in six kinds of circuit, driven to a million volts
    storms,    ///< one to three triodes turned again and again while something plays
    blocks,    ///< the same signal per sample and in blocks
};
inline constexpr tube_family tube_families[]{tube_family::stages, tube_family::beyond, tube_family::several, tube_family::storms,
                                             tube_family::blocks};
inline constexpr const char* names_of_tube_families[]{"stages", "beyond", "several", "storms", "blocks"};

/// What no case may exceed.
struct tube_bounds {
    double peak = 1.5;      ///< of the output, over the largest supply and drive
    double step = 1.5;      ///< of a storm, over the largest without turns or with a single one
    double unrest = 24.0;   ///< turns in 192 samples of silence, where a circuit that comes to rest has few
    /// Off an independent simulation of the stage, over the largest supply and drive: an edge as high as the supply overshoots by 9 % of it
    /// once its band is limited (Gibbs), and the simulation does not limit it. The correction of a circuit at the sample rate itself
    /// overshoots by 12 %.
    double wrong = 0.15;
    double left = 1e-6;   ///< of the output at rest, over the largest supply and drive
    /// Blocks against samples, over the largest supply and drive: a triode is solved to 1e-9 V and 1e-13 of what drives it, and each stage
    /// behind it amplifies that.
    double off = 1e-7;
    double evaluations = 1.0;   ///< in any sample, over the promised
};

/// What was measured of one case.
struct tube_outcome {
    bool is_fault = false;   ///< the schematic was refused
    long drives = 0, unsolved = 0;
    double seconds = 0.0;   ///< of audio
    double peak = 0.0, step = 0.0, unrest = 0.0, wrong = 0.0, left = 0.0, off = 0.0, evaluations = 0.0;

    /// True if nothing is beyond its bound; NaN is.
    [[nodiscard]] bool is_sound(const tube_bounds& bounds = {}) const
    {
        return peak <= bounds.peak && step <= bounds.step && unrest <= bounds.unrest && wrong <= bounds.wrong && left <= bounds.left &&
               off <= bounds.off && evaluations <= bounds.evaluations;
    }
};

/// Counts, and the worst of each figure with the number of its case.
struct tube_report {
    long cases = 0, faults = 0, drives = 0;
    long unsound = 0;                   ///< cases beyond a bound
    long unsolved = 0, unsolving = 0;   ///< samples, and cases that have some
    double seconds = 0.0;
    worst_figure peak{}, step{}, unrest{}, wrong{}, left{}, off{}, evaluations{};

    void take(const tube_outcome& found, std::uint64_t number)
    {
        ++cases;
        faults += found.is_fault ? 1 : 0;
        drives += found.drives;
        unsound += found.is_sound() ? 0 : 1;
        unsolved += found.unsolved;
        unsolving += found.unsolved > 0 ? 1 : 0;
        seconds += found.seconds;
        peak.take(found.peak, number);
        step.take(found.step, number);
        unrest.take(found.unrest, number);
        wrong.take(found.wrong, number);
        left.take(found.left, number);
        off.take(found.off, number);
        evaluations.take(found.evaluations, number);
    }
};

namespace detail {

/// How often a signal turns: changes of sign of its second differences, both of which are beyond a thousandth of the supply.
///
/// A stage that was blocked comes back in a jump, which may fall into the silence: every filter of limited band rings around it. A turn
/// counts only beyond a twentieth of the largest step nearby; a limit cycle, whose steps are as large as its bends, turns all the same.
inline double turns_of(std::span<const double> y, double supply)
{
    constexpr std::size_t near = 48;
    const auto bend = [&](std::size_t i) { return y[i] - 2.0 * y[i - 1] + y[i - 2]; };
    const auto largest_step = [&](std::size_t i) {
        double step = 0.0;
        for (std::size_t k = i > near ? i - near : 1; k < std::min(y.size(), i + near); ++k) raise(step, std::fabs(y[k] - y[k - 1]));
        return step;
    };
    double turns = 0.0;
    for (std::size_t i = 3; i < y.size(); ++i) {
        if (bend(i) * bend(i - 1) >= 0.0) continue;
        if (std::min(std::fabs(bend(i)), std::fabs(bend(i - 1))) > std::max(1e-3 * supply, largest_step(i) / 20.0)) ++turns;
    }
    return turns;
}

template <class Schematic>
auto running(const tube_case<Schematic>& c, std::size_t which = 0)
{
    return std::make_unique<phono::tube_preamp<Schematic>>(c.values[which], phono::frequency{c.rate}, c.factor);
}

/// Silence after a drive: the output must be on a smooth way to rest at once, and at rest in the end.
void come_to_rest(auto& preamp, const auto& c, double whole, bool until_silent, tube_outcome& found)
{
    const auto filters = static_cast<std::size_t>(4.0 * preamp.latency()) + 64;   // until the last of the drive is out of them
    std::vector<double> y(filters + 192);
    preamp.process(std::span<double>{y});
    stretch all;
    all.take(y);
    raise(found.peak, all.peak / whole);
    // Filters ring around the spikes that an overload of kilovolts leaves.
    if (whole < 1e3) raise(found.unrest, turns_of(std::span<const double>{y}.subspan(filters), supply_of(c.values[0])));
    found.seconds += static_cast<double>(y.size()) / c.rate;
    if (!until_silent) return;
    // A millionth is left after fourteen time constants; what is looked at is the block behind eighteen.
    const auto length = static_cast<std::size_t>(18.0 * c.slowest * c.rate);
    std::vector<double> block(512);
    for (std::size_t i = 0; i < length + block.size(); i += block.size()) {
        std::fill(block.begin(), block.end(), 0.0);
        preamp.process(std::span<double>{block});
        found.seconds += static_cast<double>(block.size()) / c.rate;
    }
    stretch last;
    last.take(block);
    found.left = last.peak / whole;
}

/// What a stage puts out for a drive against an independent simulation, in volts. What jumps is compared between the jumps.
inline double off_reference(const tube_case<stage_circuit>& c, const drive& d, std::span<const double> y, double latency, int finer)
{
    const auto& values = c.values[0];
    const stage_reference reference{phono::block<1>(values), phono::block<2>(values).network.value, phono::block<3>(values).network.value};
    const double jump = d.kind == drive_kind::sine ? 2.0 * std::fabs(d.volts) : 0.5 * std::fabs(d.volts);
    return beyond_reference(reference, d.samples(), {y.begin(), y.end()}, c.rate, finer * c.factor_used(), latency, jump);
}

/// Plays a drive in place, turned as the case says, by settings for its values.
template <class Schematic, class Setting>
void play_turned(const tube_case<Schematic>& c, std::span<const Setting> settings, phono::tube_preamp<Schematic>& preamp,
                 std::span<double> signal)
{
    for (const auto& turn : c.turns) {
        const std::size_t length = std::min(turn.after, signal.size());
        play(preamp, signal.first(length), c.in_blocks);
        signal = signal.subspan(length);
        if (c.by_retune) preamp.retune(c.values[turn.to]);
        else preamp.fade_to(settings[turn.to]);
    }
    play(preamp, signal, c.in_blocks);
}

/// Each drive from rest, with the first of the values.
template <class Schematic>
tube_outcome played(const tube_case<Schematic>& c)
{
    const auto preamp = running(c);
    tube_outcome found;
    double supply = 0.0;
    using setting = typename phono::tube_preamp<Schematic>::setting;
    std::vector<setting> settings;   // none where nothing is turned: designing one takes as long as playing a drive
    for (const Schematic& values : c.values) {
        supply = std::max(supply, supply_of(values));
        if (!c.turns.empty()) settings.push_back(preamp->setting_for(values));
        found.is_fault = found.is_fault || (!settings.empty() && settings.back().engine.problem());
    }
    found.is_fault = found.is_fault || preamp->problem();
    if (found.is_fault) return found;
    for (std::size_t i = 0; i < c.drives.size(); ++i) {
        if (!settings.empty()) preamp->fade_to(settings[0]);
        preamp->reset();
        std::vector<double> x = c.drives[i].samples();
        const double whole = std::max(supply, std::fabs(c.drives[i].volts));
        play_turned<Schematic, setting>(c, settings, *preamp, x);
        stretch all;
        all.take(x);
        raise(found.peak, all.peak / whole);
        if constexpr (std::is_same_v<Schematic, stage_circuit>)
            if (c.is_compared && i == 0) found.wrong = off_reference(c, c.drives[0], x, preamp->latency(), 4) / whole;
        found.seconds += static_cast<double>(x.size()) / c.rate;
        come_to_rest(*preamp, c, whole, c.until_silent && i + 1 == c.drives.size(), found);
        found.unsolved += preamp->unsolved();
        found.evaluations = std::max(found.evaluations, static_cast<double>(preamp->most_evaluations()) / preamp->evaluations_at_most);
        ++found.drives;
    }
    return found;
}

/// The largest step of each of the values without a turn, and of each turn alone.
template <class Schematic, class Setting>
double usual_step(const tube_case<Schematic>& c, const std::vector<Setting>& settings, phono::tube_preamp<Schematic>& preamp)
{
    stretch usual;
    const std::vector<double> x = c.drives[0].samples();
    const auto before = static_cast<std::size_t>(0.015 * c.rate), after = static_cast<std::size_t>(0.035 * c.rate);
    const auto play_from = [&](std::size_t first, std::size_t length) {
        std::vector<double> y(length);
        for (std::size_t i = 0; i < length; ++i) y[i] = x[(first + i) % x.size()];
        play(preamp, y, true);
        usual.take(y);
    };
    for (std::size_t from = 0; from < settings.size(); ++from) {
        preamp.fade_to(settings[from]);
        preamp.reset();
        play_from(0, 3 * before + 2 * after);
        for (std::size_t to = 0; to < settings.size(); ++to) {
            preamp.fade_to(settings[from]);
            preamp.reset();
            play_from(0, before);
            preamp.fade_to(settings[to]);
            play_from(before, after);
        }
    }
    return usual.step;
}

/// Turned again and again.
template <class Schematic>
tube_outcome turned(const tube_case<Schematic>& c)
{
    const auto preamp = running(c);
    tube_outcome found;
    using setting = typename phono::tube_preamp<Schematic>::setting;
    std::vector<setting> settings;
    double whole = std::fabs(c.drives[0].volts);
    for (const Schematic& values : c.values) {
        settings.push_back(preamp->setting_for(values));
        found.is_fault = found.is_fault || settings.back().engine.problem();
        whole = std::max(whole, supply_of(values));
    }
    if (found.is_fault) return found;
    const double usual = usual_step(c, settings, *preamp);
    preamp->fade_to(settings[0]);
    preamp->reset();
    std::vector<double> y = c.drives[0].samples();
    play_turned<Schematic, setting>(c, settings, *preamp, y);
    stretch all;
    all.take(y);
    found.peak = all.peak / whole;
    found.step = usual > 0.0 ? all.step / usual : all.step;
    found.seconds = static_cast<double>(y.size()) / c.rate;
    found.unsolved = preamp->unsolved();
    found.evaluations = static_cast<double>(preamp->most_evaluations()) / preamp->evaluations_at_most;
    found.drives = 1;
    return found;
}

/// Per sample, in blocks of random lengths, and the same from one buffer to another.
template <class Schematic>
tube_outcome called_otherwise(const tube_case<Schematic>& c)
{
    const auto preamp = running(c);
    tube_outcome found;
    found.is_fault = static_cast<bool>(preamp->problem());
    if (found.is_fault) return found;
    for (const drive& d : c.drives) {
        const std::vector<double> x = d.samples();
        std::vector<double> by_sample = x, in_place = x, apart(x.size());
        preamp->reset();
        play(*preamp, by_sample, false);
        const auto blockwise = [&](const auto& process) {
            generator random{d.seed};
            preamp->reset();
            for (std::size_t i = 0, length = 0; i < x.size(); i += length) {
                length = std::min(x.size() - i, 1 + 2 * random.below(random.one_in(2) ? 10 : 200));
                process(i, length);
            }
        };
        blockwise([&](std::size_t i, std::size_t length) { preamp->process(std::span<double>{in_place}.subspan(i, length)); });
        blockwise([&](std::size_t i, std::size_t length) {
            preamp->process(std::span<const double>{x}.subspan(i, length), std::span<double>{apart}.subspan(i, length));
        });
        const double whole = std::max(supply_of(c.values[0]), std::fabs(d.volts));
        stretch all, off;
        all.take(by_sample);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double differences[]{in_place[i] - by_sample[i], 0.0, apart[i] - by_sample[i]};
            off.take(differences);
        }
        raise(found.off, off.peak / whole);
        raise(found.peak, all.peak / whole);
        found.seconds += 3.0 * static_cast<double>(x.size()) / c.rate;
        found.unsolved += preamp->unsolved();
        found.evaluations = std::max(found.evaluations, static_cast<double>(preamp->most_evaluations()) / preamp->evaluations_at_most);
        ++found.drives;
    }
    return found;
}

/// A circuit of several triodes: of six kinds in turn.
void with_several(std::uint64_t number, const auto& visit)
{
    switch (number % 6) {
        case 0: return visit(several_case(number, random_two_stages));
        case 1: return visit(several_case(number, random_three_stages));
        case 2: return visit(several_case(number, random_followed_stages));
        case 3: return visit(several_case(number, random_stage_and_follower));
        case 4: return visit(several_case(number, random_feedback_pair));
        default: return visit(several_case(number, random_pair));
    }
}

}   // namespace detail

/// Plays one case.
template <class Schematic>
tube_outcome outcome_of(tube_family family, const tube_case<Schematic>& c)
{
    if (family == tube_family::storms) return detail::turned(c);
    if (family == tube_family::blocks) return detail::called_otherwise(c);
    return detail::played(c);
}

/// Calls visit(c) with the case of a family that has a number.
void with_case(tube_family family, std::uint64_t number, const auto& visit)
{
    switch (family) {
        case tube_family::stages: return visit(stage_case(number, 1.0));
        case tube_family::beyond: return visit(stage_case(number, 100.0));
        case tube_family::several: return detail::with_several(number, visit);
        case tube_family::storms:
            if (number % 3 == 0) return visit(tube_storm_case(number, random_two_stages));
            if (number % 3 == 1) return visit(tube_storm_case(number, random_three_stages));
            return visit(tube_storm_case(number, random_stage));
        default:
            if (number % 2 == 0) return visit(stage_case(number, 1.0));
            return detail::with_several(number / 2, visit);
    }
}

/// Plays the case of a family that has a number.
inline tube_outcome outcome_of(tube_family family, std::uint64_t number)
{
    tube_outcome found;
    with_case(family, number, [&](const auto& c) { found = outcome_of(family, c); });
    return found;
}

/// Plays the cases of a family from a number on.
inline tube_report search_tubes(tube_family family, std::uint64_t first_case, long cases)
{
    tube_report report;
    for (std::uint64_t number = first_case; report.cases < cases; ++number) report.take(outcome_of(family, number), number);
    return report;
}

}   // namespace robustness
